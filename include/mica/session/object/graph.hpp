// SPDX-License-Identifier: BSL-1.0
// Who keeps related objects alive: those that relations connect form a graph, and while anybody holds one of them all
// stay, so that a handle's relations can be followed even after its session.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/mutex.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

/// Guards all graphs: handles may be dropped in any thread. Locked only where relations are made, where the last handle
/// of a related object goes, and where a first one comes back.
inline Mutex graph_mutex;

using GraphLock = MutexLock;

template <class Object>
struct Graph;

/// The place of an object in a graph; made when the first relation leads from it or to it. `Object` has the members
/// `references`, `node` and `operations`.
template <class Object>
struct GraphNode {
    explicit GraphNode(Object& of) noexcept : object(&of) {}

    Object* object;
    Graph<Object>* graph = nullptr;
    GraphNode* previous = nullptr;
    GraphNode* next = nullptr;
    std::size_t edges = 0;         ///< how many relations lead to it
    std::uint64_t written_by = 0;  ///< the flush that has inserted its row
    std::uint32_t first_link = 0;  ///< during a flush: where its links begin, counted from 1
    bool is_held = false;          ///< by a handle or a session
};

/// All members expect a GraphLock.
template <class Object>
struct Graph {
    using Node = GraphNode<Object>;

    Node* first = nullptr;
    std::size_t size = 0;
    std::size_t held = 0;  ///< how many of its objects are held from outside

    void add(Node& node) noexcept {
        node.graph = this;
        node.previous = nullptr;
        node.next = first;
        if (first != nullptr) first->previous = &node;
        first = &node;
        ++size;
        if (node.is_held) ++held;
    }

    /// Leaves the node without a graph.
    void remove(Node& node) noexcept {
        (node.previous != nullptr ? node.previous->next : first) = node.next;
        if (node.next != nullptr) node.next->previous = node.previous;
        node.graph = nullptr;
        node.next = nullptr;
        --size;
        if (node.is_held) --held;
    }

    void let_go(Node& node) noexcept {
        node.is_held = false;
        --held;
    }

    /// Makes one graph of those of two nodes. Cost: a step for each node of the smaller one.
    static void join(Node& left, Node& right) noexcept {
        Graph* into = left.graph;
        Graph* from = right.graph;
        if (into == from) return;
        if (into->size < from->size) detail::swap(into, from);
        while (from->first != nullptr) {
            Node& node = *from->first;
            from->remove(node);
            into->add(node);
        }
        delete from;
    }
};

/// Destroys objects that nobody reaches any more; their relations lead nowhere by now. `node` heads a list by `next`.
template <class Object>
void destroy_all(GraphNode<Object>* node) noexcept {
    while (node != nullptr) {
        Object& object = *node->object;
        delete detail::exchange(node, node->next);
        object.operations->destroy(&object);
    }
}

/// Takes the relations of objects away; those that only they kept join the list. Expects a GraphLock.
template <class Object>
void release_all(GraphNode<Object>* first) noexcept {
    GraphNode<Object>* last = first;
    while (last->next != nullptr) last = last->next;
    for (GraphNode<Object>* node = first; node != nullptr; node = node->next) {
        if (node->object->operations->relations == nullptr) continue;
        node->object->operations->relations().hooks->release(*node->object, last);
    }
}

/// A relation that led to `target` has gone. An object that nothing else keeps is put behind `last`. Expects a
/// GraphLock.
template <class Object>
void release_edge(Object& target, GraphNode<Object>*& last) noexcept {
    GraphNode<Object>& node = *target.node.load();
    --node.edges;
    if (node.edges != 0 || node.is_held || node.graph == nullptr) return;
    Graph<Object>* const graph = node.graph;
    graph->remove(node);
    if (graph->size == 0) delete graph;
    last->next = &node;
    last = &node;
}

/// A handle to an object that has a node. Expects a GraphLock.
template <class Object>
void retain_related(Object& object) noexcept {
    if (object.references.increment() != 0) return;
    GraphNode<Object>* const node = object.node.load();
    node->is_held = true;
    ++node->graph->held;
}

/// The first handle: of a new object, or of one that only relations have kept until now.
template <class Object>
void retain_first(Object& object) noexcept {
    if (object.node.load() == nullptr) {
        object.references.increment();
        return;
    }
    const GraphLock lock{graph_mutex};
    retain_related(object);
}

/// The last handle goes. The object stays where a relation leads to it and any object of its graph is held.
template <class Object>
void release_last(Object& object) noexcept {
    GraphNode<Object>* const node = object.node.load();
    if (node == nullptr) {
        object.operations->destroy(&object);
        return;
    }
    GraphNode<Object>* dead = nullptr;
    {
        const GraphLock lock{graph_mutex};
        if (!object.references.decrement_to_zero()) return;  // somebody came by a relation
        Graph<Object>* const graph = node->graph;
        graph->let_go(*node);
        if (graph->held == 0) {
            dead = graph->first;
            for (GraphNode<Object>* each = dead; each != nullptr; each = each->next) each->graph = nullptr;
            delete graph;
        } else if (node->edges == 0) {
            graph->remove(*node);
            dead = node;
        }
        if (dead != nullptr) release_all(dead);
    }
    destroy_all(dead);
}

/// The node of an object, which gets a graph of its own with its first one. It must be held.
template <class Object>
GraphNode<Object>& node_of(Object& object) {
    using Node = GraphNode<Object>;
    if (Node* const known = object.node.load()) return *known;
    auto* const graph = new Graph<Object>;
    Node* node = nullptr;
    try {
        node = new Node{object};
    } catch (...) {
        delete graph;
        throw;
    }
    node->is_held = true;
    const GraphLock lock{graph_mutex};
    if (Node* const other = object.node.load()) {  // another thread was faster
        delete node;
        delete graph;
        return *other;
    }
    graph->add(*node);
    object.node.store(node);
    return *node;
}

/// What a relation holds: keeps its target as long as anybody holds an object of their graph.
template <class Object>
class GraphEdge {
public:
    GraphEdge() noexcept = default;
    /// Both must be held by a handle or a session.
    GraphEdge(Object& owner, Object& target) : target_(&target) {
        Node& from = node_of(owner);
        if (target.node.load() == nullptr && enter(from, target)) return;
        Node& to = node_of(target);
        const GraphLock lock{graph_mutex};
        Graph<Object>::join(from, to);
        ++to.edges;
    }
    GraphEdge(GraphEdge&& other) noexcept : target_(detail::exchange(other.target_, nullptr)) {}
    GraphEdge& operator=(GraphEdge&& other) noexcept {
        detail::swap(target_, other.target_);
        return *this;
    }
    ~GraphEdge() {
        if (target_ != nullptr) disconnect();
    }

    Object* get() const noexcept { return target_; }
    /// See release_edge.
    void release(GraphNode<Object>*& last) noexcept {
        if (target_ != nullptr) release_edge(*detail::exchange(target_, nullptr), last);
    }

private:
    using Node = GraphNode<Object>;

    /// The first edge of `target`, which enters the graph that is there: what node_of() and join() come to. False where
    /// another thread was faster.
    static bool enter(Node& from, Object& target) {
        Node* const node = new Node{target};
        node->is_held = true;
        node->edges = 1;
        {
            const GraphLock lock{graph_mutex};
            if (target.node.load() == nullptr) {
                from.graph->add(*node);
                target.node.store(node);
                return true;
            }
        }
        delete node;
        return false;
    }

    [[gnu::noinline]] void disconnect() noexcept {
        Node head{*target_};  // only for its `next`
        Node* last = &head;
        {
            const GraphLock lock{graph_mutex};
            release_edge(*target_, last);
            if (head.next != nullptr) release_all(head.next);
        }
        destroy_all(head.next);
    }

    Object* target_ = nullptr;
};

}  // namespace mica::detail
