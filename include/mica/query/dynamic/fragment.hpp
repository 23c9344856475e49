// SPDX-License-Identifier: BSL-1.0
// An expression whose shape has been erased: its text and its values.
#pragma once

#include <mica/core/value_list.hpp>
#include <mica/query/expression/operand.hpp>
#include <mica/query/statement/run_time_text.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mica {

/// Keeps copies of what is bound, to bind it again. A template only so that nobody pays for it who has no fragment.
template <class = void>
class BasicBoundValues {
public:
    int size() const noexcept { return static_cast<int>(is_list_.size()); }

    void null() { scalar().null(); }
    void integer(std::int64_t value) { scalar().integer(value); }
    void real(double value) { scalar().real(value); }
    void text(std::string_view value, Lifetime lifetime) { scalar().text(value, lifetime); }
    void blob(Bytes value, Lifetime lifetime) { scalar().blob(value, lifetime); }
    void values(const ValueList& list) {
        lists_.push_back(list);
        is_list_.push_back(true);
    }

    template <class Sink>
    void bind(Sink& sink) const {
        std::size_t scalars = 0;
        std::size_t lists = 0;
        for (const bool is_list : is_list_) {
            if (is_list) {
                sink.values(lists_[lists++]);
            } else {
                scalars_.send(scalars++, sink);
            }
        }
    }

    void append(const BasicBoundValues& other) { other.bind(*this); }

private:
    ValueList& scalar() {
        is_list_.push_back(false);
        return scalars_;
    }

    ValueList scalars_;
    detail::List<ValueList> lists_;
    detail::List<bool> is_list_;
};

namespace detail {

/// A text with the values of its parameters.
template <class = void>
struct BasicErased {
    std::string text;
    BasicBoundValues<> values;

    bool empty() const noexcept { return text.empty(); }

    template <class Node>
    static BasicErased of(const Node& node) {
        BasicErased erased;
        erased.text = run_time_text(node, false);
        if constexpr (requires { requires Node::precedence <= precedence::conjunction; }) {
            erased.text = "(" + erased.text + ")";
        }
        static_assert(ValueSink<BasicBoundValues<>>);
        node.bind(erased.values);
        return erased;
    }

    /// Puts another behind it.
    void append(std::string_view separator, const BasicErased& other) {
        text += separator;
        text += other.text;
        values.append(other.values);
    }

    /// Hands over the text where it is wanted, the values where they are.
    template <class Sink>
    void bind(Sink& sink, std::string_view otherwise) const {
        if constexpr (requires { sink.fragment(Fragment{}); }) {
            sink.fragment({.text = empty() ? otherwise : std::string_view{text}, .parameters = values.size()});
        } else {
            values.bind(sink);
        }
    }
};

}  // namespace detail

}  // namespace mica
