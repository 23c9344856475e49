// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/session/relation/relation_flush.hpp>
#include <mica/session/relation/relation_hooks.hpp>
#include <mica/session/relation/relation_plan.hpp>

#include <cstddef>
#include <string>

namespace mica::detail {

template <class Object>
struct RelationActions {
    using Reference = BasicReferenceSlot<Object>;
    using Collection = BasicCollectionSlot<Object>;

    static void bind(Object& tracked) {
        struct Bind {
            Object& tracked;
            void operator()(const RelationInfo&, Reference& slot) const { slot.bind(tracked); }
            void operator()(const RelationInfo&, Collection& slot) const noexcept { slot.owner = &tracked; }
        };
        for_each_relation(tracked, Bind{tracked});
    }

    static void start(Object& tracked) {
        struct Start {
            void operator()(const RelationInfo&, Reference& slot) const noexcept { slot.is_loaded = true; }
            void operator()(const RelationInfo&, Collection& slot) const {
                if (slot.state == nullptr) slot.start_loading();
            }
        };
        for_each_relation(tracked, Start{});
    }

    static void require_known(Object& tracked, const void* session) {
        struct Require {
            const void* session;
            void operator()(const RelationInfo&, Reference& slot) const {
                if (slot.edge.get() != nullptr) require_same_session(session, *slot.edge.get());
            }
            void operator()(const RelationInfo&, Collection&) const noexcept {}
        };
        for_each_relation(tracked, Require{session});
    }

    [[gnu::cold]] static void append_unloaded(std::string& message, Object& tracked) {
        const RelationInfo* found = nullptr;
        for_each_relation(tracked, [&found](const RelationInfo& info, auto& slot) {
            if constexpr (requires { slot.state; }) {
                if (info.is_owned && slot.state == nullptr && found == nullptr) found = &info;
            }
        });
        if (found == nullptr) return;
        const std::string name = name_of(*found);
        append(message, {"; what ", name, " owns is not loaded, so it is not removed too: load<&", name, ">() first"});
    }

    static void expose_followed(Object& tracked) {
        for_each_relation(tracked, [](const RelationInfo&, auto& slot) { slot.expose_followed(); });
    }

    static void expose_targets(Object& tracked) {
        for_each_relation(tracked, [](const RelationInfo&, auto& slot) {
            slot.for_targets([](const GraphEdge<Object>& edge) {
                if (edge.get() != nullptr) edge.get()->note_seen();
                expose(edge);
            });
        });
    }

    static void release(Object& tracked, GraphNode<Object>*& last) noexcept {
        for_each_relation(tracked, [&last](const RelationInfo&, auto& slot) { slot.release(last); });
    }

    static bool is_pending(Object& tracked, const Table* table) {
        struct Ask {
            const Table* table;
            bool& is_pending;
            bool counts(const RelationInfo& info) const {
                return table == nullptr || same_relation(*info.owning_side().table, *table) ||
                       same_relation(*info.target().table, *table);
            }
            /// Whether what is saved because of a relation has relations of its own to write, of whatever table.
            static bool leads_on(Object* target) {
                if (target == nullptr || target->session != nullptr) return false;
                return target->operations->relations != nullptr && RelationActions::is_pending(*target, nullptr);
            }
            void operator()(const RelationInfo& info, Reference& slot) const {
                if (slot.is_assigned && (counts(info) || leads_on(slot.edge.get()))) is_pending = true;
            }
            void operator()(const RelationInfo& info, Collection& slot) const {
                if (!slot.is_pending()) return;
                is_pending = is_pending || counts(info);
                for (std::size_t i = slot.first_new(); i < slot.size() && !is_pending; ++i) {
                    const auto& member = slot.state->members[i];
                    if (member.is_new) is_pending = leads_on(member.target.get());
                }
            }
        };
        bool pending = false;
        for_each_relation(tracked, Ask{table, pending});
        return pending;
    }

    static KeyLinks* begin_flush(const WorkParts& parts) {
        auto* const links = new KeyLinks;
        links->parts = &parts;
        RelationGatherer<Object> gatherer{parts, *links};
        try {
            gatherer.run();
        } catch (...) {
            gatherer.back();
            delete links;
            throw;
        }
        return links;
    }
    static void announce(KeyLinks& links, Change& change) { KeyLinkWriter<Object>{links}.announce(change); }
    static void plan(KeyLinks& links, FlushRows<Late<void, Object>>& rows) { RelationPlan<Object>{links, rows}.tell(); }
    static void resolve(KeyLinks& links, Change& change) { KeyLinkWriter<Object>{links}.resolve(change); }
    static void set_keys(KeyLinks& links, const Change& change) { KeyLinkWriter<Object>{links}.set_keys(change); }
    static void note_written(const KeyLinks& links, const Change& change) noexcept {
        if (GraphNode<Object>* const node = change.tracked->node.load()) node->written_by = links.flush;
    }
    static void revert(KeyLinks& links, const WorkParts& parts) noexcept {
        RelationGatherer<Object>{parts, links}.back();
    }
    static void settle(KeyLinks& links, const WorkParts& parts, std::size_t first_step) noexcept {
        KeyLinkWriter<Object>{links}.forget();
        try {
            settle_relations<Object>(parts, first_step);
        } catch (...) {  // no memory: what is loaded may be behind, what is written is right
        }
    }
    static void end_flush(KeyLinks* links) noexcept { delete links; }

    static void follow(const WorkParts& parts, Object& tracked, const Snapshot* before, const Snapshot* after) {
        RelationFollower<Object>{parts}.follow(tracked, before, after);
    }
    static bool forget_new(const WorkParts& parts, Object& tracked) {
        List<TrackedReference> others;  // what only a relation keeps that is about to go
        if (const GraphNode<Object>* const node = tracked.node.load(); node != nullptr && node->edges != 0) {
            const GraphLock lock{graph_mutex};
            others.reserve(node->graph->size);  // a reference that goes would take the lock
            for (const GraphNode<Object>* each = node->graph->first; each != nullptr; each = each->next) {
                const bool may_save_it = each->object->session == parts.session || each->object->session == nullptr;
                if (may_save_it) others.push_back(TrackedReference{*each->object, lock});
            }
        }
        bool any = false;
        for (const TrackedReference& other : others)
            any = RelationFollower<Object>{parts}.forget_new(*other, tracked) || any;
        return any;
    }
    static void drop_pending(const WorkParts& parts, Object& tracked) {
        RelationFollower<Object>{parts}.drop_pending(tracked);
    }
    static void reset(Object& tracked) {
        for_each_relation(tracked, [](const RelationInfo&, auto& slot) { slot.reset(); });
    }

    static RelationLog<Object>* begin_log() { return new RelationLog<Object>; }
    static std::size_t log_size(const RelationLog<Object>& log) noexcept { return log.size(); }
    static void undo_since(RelationLog<Object>& log, std::size_t first, const TrackedList& session, bool knows_rows) {
        log.undo_since(first, session, knows_rows);
    }
    static void clear_log(RelationLog<Object>& log) noexcept { log.clear(); }
    static void end_log(RelationLog<Object>* log) noexcept { delete log; }
};

template <class Object>
const RelationHooks RelationWork<Object>::hooks{
    .bind = &RelationActions<Object>::bind,
    .start = &RelationActions<Object>::start,
    .require_known = &RelationActions<Object>::require_known,
    .append_unloaded = &RelationActions<Object>::append_unloaded,
    .expose_followed = &RelationActions<Object>::expose_followed,
    .expose_targets = &RelationActions<Object>::expose_targets,
    .release = &RelationActions<Object>::release,
    .is_pending = &RelationActions<Object>::is_pending,
    .begin_flush = &RelationActions<Object>::begin_flush,
    .announce = &RelationActions<Object>::announce,
    .plan = &RelationActions<Object>::plan,
    .resolve = &RelationActions<Object>::resolve,
    .set_keys = &RelationActions<Object>::set_keys,
    .note_written = &RelationActions<Object>::note_written,
    .revert = &RelationActions<Object>::revert,
    .settle = &RelationActions<Object>::settle,
    .end_flush = &RelationActions<Object>::end_flush,
    .follow = &RelationActions<Object>::follow,
    .forget_new = &RelationActions<Object>::forget_new,
    .drop_pending = &RelationActions<Object>::drop_pending,
    .reset = &RelationActions<Object>::reset,
    .begin_log = &RelationActions<Object>::begin_log,
    .log_size = &RelationActions<Object>::log_size,
    .undo_since = &RelationActions<Object>::undo_since,
    .clear_log = &RelationActions<Object>::clear_log,
    .end_log = &RelationActions<Object>::end_log,
};

}  // namespace mica::detail
