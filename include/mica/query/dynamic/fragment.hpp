// SPDX-License-Identifier: BSL-1.0
// Expressions whose shape has been erased: what writes their text, and their values.
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
    void null() { scalar().null(); }
    void integer(std::int64_t value) { scalar().integer(value); }
    void real(double value) { scalar().real(value); }
    void text(std::string_view value, Lifetime lifetime) { scalar().text(value, lifetime); }
    void blob(Bytes value, Lifetime lifetime) { scalar().blob(value, lifetime); }
    void values(const ValueList& list, Lifetime = Lifetime::borrowed) {
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

/// Expressions one behind the other, with what stands between them, and the values of their parameters: the steps that
/// write them in any dialect.
template <class = void>
class BasicErased {
public:
    BasicBoundValues<> values;

    bool empty() const noexcept { return steps_.empty(); }

    /// Puts text behind it, the same in every dialect.
    void append_text(std::string_view text) {
        steps_.push_back({.text_size = static_cast<std::uint32_t>(text.size())});
        append(texts_, {text});
        ++pieces_;
    }
    void append_render(RenderFunction render) {
        steps_.push_back({.render = render});
        ++pieces_;
    }

    /// Puts an expression behind it, in parentheses where it binds loosely.
    template <class Node>
    void append_node(const Node& node) {
        constexpr bool is_loose = requires { requires Node::precedence <= precedence::conjunction; };
        if (is_loose) append_text("(");
        append_render(&Node::render);
        for (const Fragment& part : fragments_of(node)) append_part(part);
        if (is_loose) append_text(")");
        static_assert(ValueSink<BasicBoundValues<>>);
        node.bind(values);
    }

    /// Hands over the steps where they are wanted, the values where those are. So many parentheses open in front of
    /// them, of which the last closes behind them; where there is nothing, `otherwise` writes.
    template <class Sink>
    void bind(Sink& sink, RenderFunction otherwise, std::uint32_t opened = 0) const {
        if constexpr (requires { sink.fragment(Fragment{}); }) {
            if (empty()) {
                sink.fragment({.pieces = 1});
                sink.fragment({.render = otherwise});
            } else {
                sink.fragment({.pieces = pieces_ + opened + (opened > 0 ? 1 : 0)});
                hand_over(sink, opened);
            }
        } else {
            values.bind(sink);
        }
    }

private:
    /// A Fragment whose text lies in `texts_`, behind those of the steps before it.
    struct Step {
        RenderFunction render = nullptr;
        std::uint32_t text_size = 0;
        std::uint32_t pieces = 0;
        bool is_there = true;
    };

    void append_part(const Fragment& part) {
        steps_.push_back({part.render, static_cast<std::uint32_t>(part.text.size()), part.pieces, part.is_there});
        append(texts_, {part.text});
    }

    template <class Sink>
    void hand_over(Sink& sink, std::uint32_t opened) const {
        for (std::uint32_t i = 0; i < opened; ++i) sink.fragment({.text = "("});
        std::string_view texts = texts_;
        for (const Step& step : steps_) {
            sink.fragment({step.render, texts.substr(0, step.text_size), step.pieces, step.is_there});
            texts.remove_prefix(step.text_size);
        }
        if (opened > 0) sink.fragment({.text = ")"});
    }

    List<Step> steps_;
    std::string texts_;
    std::uint32_t pieces_ = 0;  ///< the steps that are no part of another
};

}  // namespace detail

}  // namespace mica
