// SPDX-License-Identifier: BSL-1.0
// The text of a statement of which a part is known only at run time. Everything else of it is as constant as ever.
#pragma once

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
    void values(const ValueList&) noexcept {}
    template <class Type>
    void argument() noexcept {}
    void fragment(const Fragment& fragment) { fragments.push_back(fragment); }
};

static_assert(ValueSink<FragmentSink>);

/// The text of a statement or an expression as it is now.
template <class Node>
std::string run_time_text(const Node& node, bool numbers_parameters = true) {
    List<Fragment> fragments;
    FragmentSink sink{fragments};
    node.bind(sink);
    SqlWriter measuring;
    measuring.numbers_parameters = numbers_parameters;
    measuring.use_fragments(fragments.data());
    Node::render(measuring);
    std::string text(measuring.size(), ' ');
    SqlWriter writing{text.data()};
    writing.numbers_parameters = numbers_parameters;
    writing.use_fragments(fragments.data());
    Node::render(writing);
    return text;
}

}  // namespace mica::detail
