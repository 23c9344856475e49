// SPDX-License-Identifier: BSL-1.0
// with<> and load<>: the relations of many objects, loaded level by level with one SELECT for each.
#pragma once

#include <mica/core/list.hpp>
#include <mica/query/by_key/select_related.hpp>
#include <mica/session/core/loader.hpp>
#include <mica/session/core/relation_path.hpp>
#include <mica/session/relation/relation_table.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// A row's object and the one that its key names, before the relation has been told.
struct FoundRelated {
    Tracked* owner;
    Tracked* target;
    Tracked* association;  ///< null but for ManyToMany
};

/// Whether the children of each parent come in the order of their rowid, and the way there where they do not.
class RowidOrder {
public:
    explicit RowidOrder(std::size_t parents) { last_.resize(parents); }

    /// One of the parent at `place`.
    void add(std::size_t place, std::int64_t rowid) {
        Last& last = last_[place];
        is_given_ = is_given_ && (last.is_none || last.rowid < rowid);
        last = {rowid, false};
    }
    void restore(List<FoundRelated>& found) const {
        if (is_given_) return;
        ValueList rowids;
        for (const FoundRelated& each : found) {
            rowids.integer(cell_at(each.target->snapshot, each.target->table().key[0]).integer());
        }
        rowids.sort();
        List<FoundRelated> sorted;
        sorted.reserve(found.size());
        for (std::size_t i = 0; i < found.size(); ++i) sorted.push_back(found[rowids.position(i)]);
        found.swap(sorted);
    }

private:
    struct Last {
        std::int64_t rowid = 0;
        bool is_none = true;
    };

    List<Last> last_;
    bool is_given_ = true;
};

/// Loads relations on behalf of a session.
template <class BackendType>
class RelationLoader {
public:
    explicit RelationLoader(SessionCore<BackendType>& core, bool refreshes = false) noexcept
        : core_(core), loader_(core, refreshes) {}

    /// Loads what a path names. Levels that an earlier path has loaded already are only followed.
    template <class Owner, auto... relations>
    void load(List<Tracked*> owners, RelationPath<Owner, relations...>) {
        List<const RelationInfo*> path;
        std::size_t left = sizeof...(relations);
        (load_level<SelectRelated<relations>>(owners, path, --left), ...);
    }

private:
    /// `owners` become those that the relation leads to, where levels are `left`.
    template <class Query>
    void load_level(List<Tracked*>& owners, List<const RelationInfo*>& path, std::size_t left) {
        constexpr std::size_t index = relation_index<Query::member>;
        const RelationInfo& info = relation_infos<typename Query::Owner>[index];
        path.push_back(&info);
        bool is_loaded = false;
        for (const auto& known : loaded_) is_loaded = is_loaded || known == path;
        if (!is_loaded) {
            load_relation<Query>(info, index, owners);
            loaded_.push_back(path);
        }
        if (left != 0) owners = targets(owners, index);
    }

    template <class Query>
    void load_relation(const RelationInfo& info, std::size_t index, const List<Tracked*>& owners) {
        core_.flush_before(ReadsTable{*info.target().table});
        core_.flush_before(ReadsTable{*info.owning_side().table});
        if constexpr (Query::Traits::kind == RelationKind::belongs_to) {
            load_references<Query>(info, index, owners);
        } else {
            load_collections<Query>(info, index, owners);
        }
    }

    template <class Query>
    void load_collections(const RelationInfo& info, std::size_t index, const List<Tracked*>& owners) {
        KeyIndex<Tracked> by_key;
        ValueList keys[FieldList::capacity];
        List<Tracked*> loaded;
        for (Tracked* owner : owners) {
            if (!has_row(*owner)) continue;
            std::string key = parent_key(owner->snapshot, info.key);
            loaded.push_back(owner);
            if (!key.empty() && by_key.add(std::move(key), owner)) {
                add_key(keys, owner->snapshot, info.key.parent.data(), info.key.count);
            }
        }
        List<FoundRelated> found;
        if (by_key.size() != 0) find_rows<Query>(info, keys, by_key, found);
        fill_collections(loaded, index, found);
    }

    template <class Query>
    void find_rows(const RelationInfo& info, ValueList* keys, const KeyIndex<Tracked>& by_key,
                   List<FoundRelated>& found) {
        using Target = typename Query::Target;
        if (info.key.count == 1) keys[0].sort();
        auto statement = start<Query>(keys);
        SnapshotBuffer keys_read[2];  // this row's and the last one's, which is often the same
        bool which = false;
        std::size_t place = 0;
        RowidOrder order{Query::has_any_order ? by_key.size() : 0};
        {
            const typename SessionCore<BackendType>::Reading reading{core_};
            while (statement->statement.step()) {
                SnapshotBuffer& key = keys_read[which ? 1 : 0];
                key.clear();
                for (std::size_t i = 0; i < info.key.count; ++i) {
                    append_folded(key, statement->statement.cell(static_cast<int>(info.key.child[i])),
                                  info.key.folds[i]);
                }
                which = !which;
                if (place == 0 || key.view() != keys_read[which ? 1 : 0].view()) place = by_key.place_of(key);
                Tracked* const owner = by_key.at(place);
                if (owner == nullptr) continue;  // equal to a key in SQL, but stored otherwise
                if constexpr (Query::has_any_order) {
                    const int rowid = static_cast<int>(table_of<Target>().key[0]);
                    order.add(place - 1, statement->statement.cell(rowid).integer());
                }
                if constexpr (Query::is_many_to_many) {
                    using Association = typename Query::Traits::Association;
                    constexpr int width = static_cast<int>(columns_of<Association>.size());
                    const Ref<Association> association = loader_.template track<Association>(*statement);
                    const Ref<Target> target = loader_.template track<Target>(*statement, width);
                    found.push_back({owner, target.tracked(), association.tracked()});
                } else {
                    const Ref<Target> target = loader_.template track<Target>(*statement);
                    found.push_back({owner, target.tracked(), nullptr});
                }
            }
        }
        statement.end();
        order.restore(found);
    }

    template <class Query>
    void load_references(const RelationInfo& info, std::size_t index, const List<Tracked*>& owners) {
        KeyIndex<Tracked> by_key;
        ValueList keys[FieldList::capacity];
        const Table& table = *info.target().table;
        const bool is_primary_key = is_in_identity_map(info.key, table);
        bool any_missing = false;
        for (Tracked* owner : owners) {
            if (!has_row(*owner)) continue;
            std::string key = child_key(owner->snapshot, info.key);
            if (key.empty()) continue;
            Tracked* known = is_primary_key ? core_.work().find(KeyView::of(table, key)) : nullptr;
            if (known != nullptr && loader_.is_expired(*known)) known = nullptr;  // it is read again
            if (!by_key.add(std::move(key), known) || known != nullptr) continue;
            add_key(keys, owner->snapshot, info.key.child.data(), info.key.count);
            any_missing = true;
        }
        if (any_missing) find_targets<Query>(info, keys, by_key);
        bool has_moved = false;
        for (Tracked* owner : owners) {
            ReferenceSlot& slot = reference_of(*owner, index);
            if (!has_row(*owner) || slot.is_assigned) continue;
            const std::string key = child_key(owner->snapshot, info.key);
            const std::size_t place = by_key.place_of(key);
            const bool is_read_again = place == 0 && !key.empty();  // as the target of another, and has another key now
            has_moved = has_moved || is_read_again;
            if (!is_read_again) slot.load(by_key.at(place));
        }
        if (has_moved) load_references<Query>(info, index, owners);
    }

    template <class Query>
    void find_targets(const RelationInfo& info, ValueList* keys, KeyIndex<Tracked>& by_key) {
        if (info.key.count == 1) keys[0].sort();
        auto statement = start<Query>(keys);
        SnapshotBuffer key;
        {
            const typename SessionCore<BackendType>::Reading reading{core_};
            while (statement->statement.step()) {
                key.clear();
                for (std::size_t i = 0; i < info.key.count; ++i) {
                    append_folded(key, statement->statement.cell(static_cast<int>(info.key.parent[i])),
                                  info.key.folds[i]);
                }
                by_key.set(key, *loader_.template track<typename Query::Target>(*statement).tracked());
            }
        }
        statement.end();
    }

    /// Fills the collections of `owners` with what was found for them, all at once: where reading fails none has
    /// changed.
    static void fill_collections(const List<Tracked*>& owners, std::size_t index, List<FoundRelated>& found) {
        for (Tracked* owner : owners) {
            const RelationInfo& info = owner->operations->relations().infos[index];
            CollectionSlot& slot = collection_of(*owner, index);
            slot.start_loading(info.has_condition || (info.has_order && slot.state != nullptr));
        }
        for (FoundRelated& each : found) {
            const RelationInfo& info = each.owner->operations->relations().infos[index];
            collection_of(*each.owner, index).load(*each.target, each.association);
            if (each.association == nullptr) load_inverse(*each.target, *each.owner, info);
        }
    }

    /// A child that was found by its key knows its parent too.
    static void load_inverse(Tracked& child, Tracked& parent, const RelationInfo& of_parent) {
        struct Load {
            Tracked& parent;
            const RelationInfo& of_parent;
            void operator()(const RelationInfo& info, ReferenceSlot& slot) const {
                if (slot.is_assigned || !same_key(info.key, of_parent.key)) return;
                if (&info.target() == parent.operations && slot.edge.get() != &parent) slot.load(&parent);
            }
            void operator()(const RelationInfo&, CollectionSlot&) const noexcept {}
        };
        for_each_relation(child, Load{parent, of_parent});
    }

    static void add_key(ValueList* keys, std::string_view snapshot, const std::uint16_t* columns, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) send_cell(cell_at(snapshot, columns[i]), keys[i]);
    }

    template <class Query>
    auto start(const ValueList* keys) {
        const StatementRunner<BackendType> runner{core_.connection()};
        if (keys[0].size() == 1) return runner.start(typename Query::OfOne{{}, keys}, Lifetime::borrowed);
        return runner.start(Query{{}, keys}, Lifetime::borrowed);
    }

    static RelationSlot& slot_of(Tracked& tracked, std::size_t index) {
        return *RelationSlots{tracked.operations->relations(), tracked}.slots[index];
    }
    static CollectionSlot& collection_of(Tracked& tracked, std::size_t index) {
        return static_cast<CollectionSlot&>(slot_of(tracked, index));
    }
    static ReferenceSlot& reference_of(Tracked& tracked, std::size_t index) {
        return static_cast<ReferenceSlot&>(slot_of(tracked, index));
    }

    static bool has_row(const Tracked& tracked) noexcept {
        return tracked.state == TrackedState::persistent || tracked.state == TrackedState::removed;
    }

    static List<Tracked*> targets(const List<Tracked*>& owners, std::size_t index) {
        List<Tracked*> found;
        PointerSet<Tracked> known;
        const auto add = [&](Tracked* target) {
            const auto itself = [](const Tracked* each) { return each; };
            known.learn(found, itself);
            if (target == nullptr || known.contains(found, target, itself)) return;
            found.push_back(target);
            known.add(target);
        };
        for (Tracked* owner : owners) {
            const RelationSlots slots{owner->operations->relations(), *owner};
            if (slots.infos[index].kind == RelationKind::belongs_to) {
                add(static_cast<ReferenceSlot&>(*slots.slots[index]).edge.get());
            } else if (const auto& slot = static_cast<CollectionSlot&>(*slots.slots[index]); slot.state != nullptr) {
                for (const auto& member : slot.state->members) add(member.target.get());
            }
        }
        return found;
    }

    SessionCore<BackendType>& core_;
    Loader<BackendType> loader_;
    List<List<const RelationInfo*>> loaded_{};
};

template <class Refs>
struct EntityOfRefs {
    using Type = typename std::remove_cvref_t<decltype(*std::begin(std::declval<Refs&>()))>::element_type;
};
template <class Owner>
struct EntityOfRefs<Ref<Owner>> {
    using Type = Owner;
};

}  // namespace detail

}  // namespace mica
