// SPDX-License-Identifier: BSL-1.0
// The text of a statement of which a part is known only at run time. Everything else of it is as constant as ever.
#pragma once

#include <mica/core/error.hpp>
#include <mica/core/value_list.hpp>
#include <mica/query/expression/inspection.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace mica::detail {

/// Visits an expression as if to bind its values, and gathers its fragments: both come in the order of the text.
struct FragmentSink {
    List<Fragment>& fragments;

    void null() noexcept {}
    void integer(std::int64_t) noexcept {}
    void real(double) noexcept {}
    void text(std::string_view, Lifetime) noexcept {}
    void blob(Bytes, Lifetime) noexcept {}
    void values(const ValueList&, Lifetime = Lifetime::borrowed) noexcept {}
    template <class Type>
    void argument() noexcept {}
    void fragment(const Fragment& fragment) { fragments.push_back(fragment); }
};

static_assert(ValueSink<FragmentSink>);

/// What a statement or an expression has of such parts, in the order of its text.
template <class Node>
List<Fragment> fragments_of(const Node& node) {
    List<Fragment> fragments;
    FragmentSink sink{fragments};
    node.bind(sink);
    return fragments;
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_missing_feature(const Dialect& dialect, Feature missing) {
    refuse<ProgrammingError>({"mica: ", dialect.name, " has no ", name_of(first_of(missing))});
}

[[gnu::noinline]] inline std::string text_with_fragments(RenderFunction render, const List<Fragment>& fragments,
                                                         const Dialect& dialect) {
    return make_text(dialect, [&](SqlWriter& writer) {
        writer.use_fragments(fragments.data());
        render(writer);
        const Feature missing = missing_of(writer.needs(), dialect.features);
        if (missing != Feature::none) throw_missing_feature(dialect, missing);
    });
}

/// The text of a statement or an expression as it is now. Throws ProgrammingError where a Filter or an Order has what
/// the database has not.
template <class Node>
std::string run_time_text(const Node& node, const Dialect& dialect) {
    return text_with_fragments(&Node::render, fragments_of(node), dialect);
}

}  // namespace mica::detail
