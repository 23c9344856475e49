// SPDX-License-Identifier: BSL-1.0
// The foreign keys that relations set in one flush: at once where the parent has a row, else when it has got its own.
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/flush/flush_rows.hpp>
#include <mica/session/flush/planner.hpp>
#include <mica/session/relation/relation_follow.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mica::detail {

/// One key of one row.
struct KeyLink {
    TrackedReference child;
    Tracked* parent;  ///< null for NULL
    const RelationInfo* info;
    const ForeignKey* key;
    std::uint32_t next;    ///< of the same child, counted from 1
    std::string before{};  ///< what a flush that fails returns to, column by column
    bool is_set = false;   ///< in the object
};

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_two_parents(const Tracked& child, const RelationInfo& first,
                                                                     const RelationInfo& second) {
    const std::string name = name_of(second);
    throw_misuse(row_text(child) + " was given two different parents, by " + name_of(first) +
                 (name_of(first) == name ? " of two objects" : " and by " + name));
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_cannot_orphan(const Tracked& child, const RelationInfo& info,
                                                                       const ForeignKey& key) {
    const std::string column{child.table().columns[key.child[0]].name};
    const std::string_view or_owned = info.kind == RelationKind::belongs_to ? "" : ", or declare the relation as owned";
    throw_misuse(row_text(child) + " was parted from its object by " + name_of(info) + ", but its column \"" + column +
                 "\" cannot be NULL; give it another object or remove() it" + std::string{or_owned});
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_other_key_moved(const Tracked& child, const RelationInfo& info,
                                                                         const Table& parents, std::size_t shared) {
    throw_misuse(join({row_text(child), " was given another object by ", name_of(info), ", but its row of table \"",
                       parents.name, "\" is named by column \"", child.table().columns[shared].name,
                       "\" too, and would be another one; change that relation as well"}));
}

/// Counts flushes, to tell what this one has written.
inline Atomic<std::uint64_t> last_flush{0};

/// All links of one flush.
struct KeyLinks {
    List<KeyLink> all{};
    List<TrackedReference> adopted{};  ///< what this flush is to insert because of relations
    List<TrackedReference> removed{};  ///< and to delete
    std::uint64_t flush = last_flush.increment() + 1;
    const WorkParts* parts = nullptr;      ///< of the session
    const Tracked* read_parent = nullptr;  ///< whose columns `parent_row` are
    SnapshotBuffer parent_row{};
};

template <class Object>
class KeyLinkWriter {
public:
    explicit KeyLinkWriter(KeyLinks& links) noexcept : links_(links) {}

    /// Wants a key to name `parent`, or to be NULL. Throws ProgrammingError where it has been given another already.
    void add(Object& child, Object* parent, const RelationInfo& info, const ForeignKey& key) {
        if (child.state == TrackedState::removed) return;
        if (KeyLink* const known = find(child, key)) {
            if (known->parent != parent) throw_two_parents(child, *known->info, info);
            return;
        }
        GraphNode<Object>& node = node_of(child);
        links_.all.push_back({TrackedReference{child}, parent, &info, &key, node.first_link, {}, false});
        node.first_link = static_cast<std::uint32_t>(links_.all.size());
    }
    bool has(const Object& child, const ForeignKey& key) const noexcept { return find(child, key) != nullptr; }

    /// Sets all keys that are known before anything is written.
    void set_known() {
        for (KeyLink& link : links_.all) {
            if (is_ready(link)) set(link, nullptr);
        }
        for (const KeyLink& link : links_.all) require_others_stay(link);
    }

    /// For a list of what would be written.
    void announce(Change& change) {
        if (change.kind != ChangeKind::update) return;
        for_links(*change.tracked, [&](const KeyLink& link) {
            if (link.is_set) return;
            for (std::size_t i = 0; i < link.key->count; ++i) change.columns.add(link.key->child[i]);
        });
    }

    /// Sets those of a row that is about to be written: in its object, and in the row that is made of it. Its parents
    /// have been written.
    void resolve(Change& change) {
        if (change.kind == ChangeKind::remove) return;
        bool any = false;
        for_links(*change.tracked, [&](KeyLink& link) {
            if (link.is_set) return;
            set(link, &change);
            require_others_stay(link);
            any = true;
        });
        if (any) finish(change);
    }
    /// The same in the object alone, and only of parents that have been written by now.
    void set_keys(const Change& change) {
        if (change.kind == ChangeKind::remove) return;
        for_links(*change.tracked, [&](KeyLink& link) {
            if (link.is_set || !is_ready(link)) return;
            set(link, nullptr);
            require_others_stay(link);
        });
    }

    /// Throws where another link of the same row writes to a column that this one writes to.
    void require_no_rival(const KeyLink& link) {
        for_links(*link.child, [&](const KeyLink& other) {
            for (std::size_t i = 0; i < link.key->count && &other != &link; ++i) {
                if (sets(link, i) && sets_column(other, link.key->child[i]))
                    throw_two_parents(*link.child, *other.info, *link.info);
            }
        });
    }

    /// The objects hold again what they did before.
    void revert() noexcept {
        for (std::size_t i = links_.all.size(); i-- > 0;) {
            KeyLink& link = links_.all[i];
            if (!link.is_set) continue;
            try {
                SnapshotCell cell = first_cell(link.before);
                for (std::size_t c = 0; c < link.key->count; ++c, cell = cell.next()) {
                    link.info->set_column(*link.child, link.key->child[c], cell);
                }
            } catch (...) {  // a codec refuses what it has made itself: then the new key stays
            }
        }
        forget();
    }

    /// No object is linked any more.
    void forget() noexcept {
        for (const KeyLink& link : links_.all) link.child->node.load()->first_link = 0;
    }

private:
    static SnapshotCell null_cell() noexcept {
        static constexpr char null = static_cast<char>(StorageClass::null);
        return SnapshotCell{&null};
    }

    template <class Use>
    void for_links(const Object& child, const Use& use) {
        const GraphNode<Object>* const node = child.node.load();
        for (std::uint32_t i = node == nullptr ? 0 : node->first_link; i != 0; i = links_.all[i - 1].next) {
            use(links_.all[i - 1]);
        }
    }
    KeyLink* find(const Object& child, const ForeignKey& key) const noexcept {
        const GraphNode<Object>* const node = child.node.load();
        for (std::uint32_t i = node == nullptr ? 0 : node->first_link; i != 0; i = links_.all[i - 1].next) {
            const ForeignKey& known = *links_.all[i - 1].key;
            if (known.count == key.count && known.child == key.child) return &links_.all[i - 1];
        }
        return nullptr;
    }

    bool is_ready(const KeyLink& link) const noexcept {
        if (link.parent == nullptr || link.parent->state != TrackedState::added) return true;
        return link.parent->node.load()->written_by == links_.flush;
    }
    /// Whether a link writes to the `place`th column of its key.
    static bool sets(const KeyLink& link, std::size_t place) {
        return link.parent != nullptr || parts_at(link.child->table(), *link.key, place);
    }
    static bool sets_column(const KeyLink& link, std::uint16_t column) {
        for (std::size_t i = 0; i < link.key->count; ++i) {
            if (link.key->child[i] == column && sets(link, i)) return true;
        }
        return false;
    }

    /// Sets a key in its object and, where that is being written, in its row.
    void set(KeyLink& link, Change* change) {
        if (link.parent != nullptr && links_.read_parent != link.parent) {
            link.parent->operations->take_snapshot(*link.parent, links_.parent_row);
            links_.read_parent = link.parent;
        }
        SnapshotBuffer current;
        link.child->operations->take_snapshot(*link.child, current);
        for (std::size_t i = 0; i < link.key->count; ++i) link.before += cell_at(current, link.key->child[i]).encoded();
        require_one_parent(link, current);
        link.is_set = true;
        link.child->is_unsure = true;
        if (links_.read_parent == link.child.get()) links_.read_parent = nullptr;  // it becomes another
        for (std::size_t i = 0; i < link.key->count; ++i) {
            if (!sets(link, i)) continue;
            link.info->set_column(*link.child, link.key->child[i], value_of(link, i));
            if (change != nullptr) replace(change->snapshot, link.key->child[i], value_of(link, i));
        }
    }
    SnapshotCell value_of(const KeyLink& link, std::size_t place) const noexcept {
        return link.parent != nullptr ? cell_at(links_.parent_row, link.key->parent[place]) : null_cell();
    }
    /// Of columns that several keys share, no parent may want another value than one that has been set.
    void require_one_parent(const KeyLink& link, std::string_view current) {
        for_links(*link.child, [&](const KeyLink& other) {
            for (std::size_t i = 0; i < link.key->count && other.is_set; ++i) {
                const std::uint16_t column = link.key->child[i];
                if (!sets(link, i) || !sets_column(other, column)) continue;
                if (!cell_at(current, column).equals(value_of(link, i)))
                    throw_two_parents(*link.child, *other.info, *link.info);
            }
        });
    }

    /// A row that is there has other keys, of which nobody has said that they are to change: none may name another row
    /// because it shares a column. One that has no further columns only follows, as its tenant's from a row of that.
    void require_others_stay(const KeyLink& link) const {
        const Object& child = *link.child;
        if (!link.is_set || link.parent == nullptr || child.state != TrackedState::persistent) return;
        for (const OptionData& option : child.table().options) {
            if (option.kind != OptionKind::foreign_key) continue;
            const Table& parents = option.target();
            const ForeignKey key = columns_of_key(option, child.table(), parents);
            if (find(child, key) != nullptr) continue;
            const std::size_t shared = column_moved(link, key);
            if (shared != no_column && !has_moved_along(child, parents, key)) {
                throw_other_key_moved(child, *link.info, parents, shared);
            }
        }
    }
    static constexpr std::size_t no_column = static_cast<std::size_t>(-1);
    /// The column by which a link has changed another key; none where the program has changed it by its fields, too.
    static std::size_t column_moved(const KeyLink& link, const ForeignKey& other) {
        std::size_t places[FieldList::capacity];
        std::size_t shared = 0;
        for (std::size_t i = 0; i < other.count; ++i) {
            places[i] = 0;
            while (places[i] < link.key->count && link.key->child[places[i]] != other.child[i]) ++places[i];
            if (places[i] < link.key->count) ++shared;
        }
        if (shared == 0 || shared == other.count) return no_column;
        SnapshotBuffer current;
        link.child->operations->take_snapshot(*link.child, current);
        if (child_key(link.child->snapshot, other).empty() || child_key(current, other).empty()) return no_column;
        std::size_t moved = no_column;
        for (std::size_t i = 0; i < other.count; ++i) {
            const SnapshotCell read = cell_at(link.child->snapshot, other.child[i]);
            const SnapshotCell now = cell_at(current, other.child[i]);
            const bool is_shared = places[i] < link.key->count;
            if (!(is_shared ? cell_at(link.before, places[i]) : now).equals(read)) return no_column;
            if (!now.equals(read)) moved = other.child[i];
        }
        return moved;
    }
    /// Whether the row that a key named is the one that it names now.
    bool has_moved_along(const Object& child, const Table& parents, const ForeignKey& key) const {
        const RelationFollower<Object> follower{*links_.parts};
        const Object* const parent = follower.find_parent(parents, key, child_key(child.snapshot, key));
        if (parent == nullptr) return false;
        SnapshotBuffer current;
        child.operations->take_snapshot(child, current);
        const std::string now = child_key(current, key);
        parent->operations->take_snapshot(*parent, current);
        return parent_key(current, key) == now;
    }

    static void replace(Snapshot& snapshot, std::size_t column, const SnapshotCell& cell) {
        const std::string_view row = snapshot;
        const std::string_view old = cell_at(row, column).encoded();
        const auto at = static_cast<std::size_t>(old.data() - row.data());
        std::string replaced{row.substr(0, at)};
        replaced += cell.encoded();
        replaced += row.substr(at + old.size());
        snapshot = Snapshot{replaced};
    }

    /// The row of a change has become another.
    static void finish(Change& change) {
        if (change.kind != ChangeKind::update) return;
        const Table& table = change.tracked->table();
        change.columns = find_changes(table, change.tracked->snapshot, change.snapshot);
        if (table.version >= 0 && !change.columns.empty()) set_next_version(change);
    }

    KeyLinks& links_;
};

}  // namespace mica::detail
