// SPDX-License-Identifier: BSL-1.0
// Callbacks for an event, kept without std::function; a token ends each subscription.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>

#include <cstddef>
#include <utility>

namespace mica {

namespace detail {

/// A callback as its token knows it: what ends the subscription.
struct ListenerNode {
    void (*cancel)(ListenerNode*) noexcept;
};

/// A callback and whether somebody still wants it called. Shared by the list and the token, whichever lives longer.
struct CountedNode : ListenerNode {
    void (*destroy)(CountedNode*) noexcept;
    int references = 1;
    bool is_active = true;

    void release() noexcept {
        if (--references == 0) destroy(this);
    }
    static void end(ListenerNode* node) noexcept {
        static_cast<CountedNode*>(node)->is_active = false;
        static_cast<CountedNode*>(node)->release();
    }
};

template <class... Arguments>
struct CallableNode : CountedNode {
    void (*call)(CallableNode&, Arguments...);
};

template <class Action, class... Arguments>
struct ActionNode final : CallableNode<Arguments...> {
    using Base = CallableNode<Arguments...>;

    explicit ActionNode(Action given)
        : Base{{{&CountedNode::end}, [](CountedNode* node) noexcept { delete static_cast<ActionNode*>(node); }},
               [](Base& node, Arguments... arguments) { static_cast<ActionNode&>(node).action(arguments...); }},
          action(std::move(given)) {}

    Action action;
};

}  // namespace detail

/// Keeps a callback subscribed until its end; move-only. May outlive what it listens to.
class [[nodiscard]] ListenerToken {
public:
    ListenerToken() noexcept = default;
    /// Takes over the share that its list has counted for it.
    explicit ListenerToken(detail::ListenerNode& node) noexcept : node_(&node) {}
    ListenerToken(ListenerToken&& other) noexcept : node_(detail::exchange(other.node_, nullptr)) {}
    ListenerToken& operator=(ListenerToken&& other) noexcept {
        detail::swap(node_, other.node_);
        return *this;
    }
    ~ListenerToken() { cancel(); }

    /// Ends the subscription now. Of an engine's events: waits for a call in another thread that is under way.
    void cancel() noexcept {
        if (node_ == nullptr) return;
        detail::ListenerNode* const node = detail::exchange(node_, nullptr);
        node->cancel(node);
    }

private:
    detail::ListenerNode* node_ = nullptr;
};

namespace detail {

/// The callbacks of one event, called in the order of their subscription.
/// Thread safety: none; list and tokens belong to one thread.
template <class... Arguments>
class Listeners {
public:
    Listeners() = default;
    Listeners(const Listeners&) = delete;
    Listeners& operator=(const Listeners&) = delete;
    ~Listeners() {
        for (Node* node : nodes_) node->release();
    }

    template <class Action>
    ListenerToken add(Action action) {
        remove_inactive();
        nodes_.reserve(nodes_.size() + 1);
        Node* const node = new ActionNode<Action, Arguments...>{std::move(action)};
        nodes_.push_back(node);
        ++node->references;
        return ListenerToken{*node};
    }

    /// Calls those that are subscribed now; each may end its own or another's subscription and add new ones.
    /// Throws what one of them throws, without calling the rest.
    void call(Arguments... arguments) {
        const std::size_t count = nodes_.size();
        const Calling calling{calls_};
        for (std::size_t i = 0; i < count; ++i) {
            const Hold hold{*nodes_[i]};
            if (hold.node.is_active) hold.node.call(hold.node, arguments...);
        }
    }

private:
    using Node = CallableNode<Arguments...>;

    struct Calling {
        int& calls;
        explicit Calling(int& count) noexcept : calls(count) { ++calls; }
        ~Calling() { --calls; }
    };
    struct Hold {
        Node& node;
        explicit Hold(Node& held) noexcept : node(held) { ++held.references; }
        ~Hold() { node.release(); }
    };

    void remove_inactive() noexcept {
        if (calls_ > 0) return;  // call() counts on their places
        std::size_t kept = 0;
        for (Node* node : nodes_) {
            if (node->is_active) {
                nodes_[kept++] = node;
            } else {
                node->release();
            }
        }
        while (nodes_.size() > kept) nodes_.pop_back();
    }

    List<Node*> nodes_{};
    int calls_ = 0;
};

}  // namespace detail

}  // namespace mica
