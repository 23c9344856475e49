// SPDX-License-Identifier: BSL-1.0
// The rows that take part in a flush, as numbers: what each was, is to be and will be, who holds a key, who refers to
// it.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/session/flush/plan_schema.hpp>
#include <mica/session/flush/plan_values.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mica::detail {

/// What becomes of a row.
enum class Fate : std::uint8_t {
    keep,
    insert,
    update,
    remove,   ///< by a DELETE
    vanish,   ///< by ON DELETE CASCADE
    barrier,  ///< no row: what stands between many rows and many others
};

/// What a row can wait for.
enum class Need : std::uint8_t { leave_key, take_key, take_reference, removal, passing };

/// Why a flush cannot be, and which row says so; `number` is a key's or a foreign key's. Thrown within the planner.
enum class PlanFlaw : std::uint8_t {
    none,
    duplicate,           ///< two rows would have one key
    missing_parent,      ///< the row that is referred to goes, or gets another key
    restricted_removal,  ///< a row stays that refers to one that goes
    restricted_rename,   ///< the same of one that gets another key
    null_reference,      ///< a foreign key would become NULL, and cannot
    no_order,            ///< rows wait for each other
    unsafe_check,        ///< SQLite would not see a broken key
};
struct PlanRefusal {
    PlanFlaw flaw = PlanFlaw::none;
    std::uint32_t row = 0;
    std::uint32_t number = 0;
};

inline constexpr std::uint32_t no_row = 0xffffffffU;

/// One row, and where it stands in the order.
template <class Lazy = void>
struct PlanRow {
    std::uint32_t table = no_row;
    std::uint32_t first_value = 0;      ///< of four times as many as its table has slots
    std::uint32_t first_key = 0;        ///< of as many as its table has keys
    std::uint32_t first_reference = 0;  ///< of as many as it has foreign keys
    Fate fate = Fate::keep;
    bool existed = false;
    bool is_removed = false;   ///< by the program
    bool is_gone = false;      ///< in the end
    bool is_doomed = false;    ///< by what it was to refer to: no action of the database takes it along
    bool has_more = false;     ///< to write than its keys
    bool is_stored = false;    ///< in the database, at the moment
    bool is_doubtful = false;  ///< whether it is there is not known
    bool must_exist = false;   ///< when it is removed

    bool is_done = false;
    bool has_left = false;  ///< all that is to stay has gone from it
    bool has_keys = false;  ///< written with its keys, but without some references
    bool has_rest = false;  ///< its other columns are written
    bool seeks_removal = false;
    std::uint32_t needs[5]{};
    std::uint32_t soft_needs = 0;
    std::uint32_t first_in = no_row;  ///< edges
    std::uint32_t last_in = no_row;
    std::uint32_t first_out = no_row;
    std::uint32_t group = no_row;  ///< the barrier of a cycle of removals
    std::uint32_t after_group = no_row;
    std::uint32_t visit = 0;
    std::uint32_t lowest = 0;
    std::uint32_t depth = 0;    ///< how many cascades lead to it
    std::uint32_t on_path = 0;  ///< its place there, counted from 1

    bool is_written() const noexcept { return fate == Fate::insert || fate == Fate::update; }
    std::uint32_t& need(Need kind) noexcept { return needs[static_cast<std::size_t>(kind)]; }
};

/// What is known of a foreign key of one row.
template <class Lazy = void>
struct ReferenceState {
    std::uint32_t row = no_row;      ///< that a relation means by it, where one has changed it
    bool follows_row : 1 = false;    ///< its value means the row that had that key before
    bool is_forced : 1 = false;      ///< written although it does not differ: the value is another row's then
    bool is_parked : 1 = false;      ///< it holds something else in passing
    bool must_write : 1 = false;     ///< only the database knows what it is by then
    bool is_unsettled : 1 = false;   ///< the final value may not stand there before it is free
    bool is_after_keys : 1 = false;  ///< the row's own new key may give the parent, which is not known, another one
};

/// Numbers that follow each other, for a range-based for: a lambda in its place costs three functions.
struct NumberRange {
    struct Iterator {
        std::uint32_t number;

        std::uint32_t operator*() const noexcept { return number; }
        Iterator& operator++() noexcept {
            ++number;
            return *this;
        }
        bool operator!=(Iterator other) const noexcept { return number != other.number; }
    };
    std::uint32_t first;
    std::uint32_t last;  ///< behind it

    Iterator begin() const noexcept { return {first}; }
    Iterator end() const noexcept { return {last}; }
};

/// A row, and the number of a key, a foreign key or an edge of it: one type, for each type of a list has its cost.
template <class Lazy = void>
struct RowPart {
    std::uint32_t row;
    std::uint32_t number = no_row;
};

template <class Lazy = void>
class PlanRows {
public:
    explicit PlanRows(const PlanSchema<Lazy>& tables) noexcept : schema(tables) {}

    const PlanSchema<Lazy>& schema;
    PlanValues<Lazy> values{};
    PlanKeyValues<Lazy> key_values{};
    List<PlanRow<Lazy>> rows{};
    List<ReferenceState<Lazy>> references{};
    List<bool> displaced{};  ///< keys that have another value at any time of the flush

    PlanRow<Lazy>& operator[](std::uint32_t row) noexcept { return rows[row]; }
    std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(rows.size()); }

    /// A row of a table, as it was and as it is to be: empty where there is none.
    [[gnu::cold]] std::uint32_t add(std::uint32_t table, std::string_view before, std::string_view after,
                                    bool has_more) {
        const PlanTable<Lazy>& of = schema.tables[table];
        const std::uint32_t row = size();
        PlanRow<Lazy>& added = rows.push_back({.table = table});
        added.first_value = static_cast<std::uint32_t>(numbers_.size());
        added.first_key = static_cast<std::uint32_t>(displaced.size());
        added.first_reference = static_cast<std::uint32_t>(references.size());
        added.existed = !before.empty();
        added.is_removed = added.is_gone = after.empty();
        added.has_more = has_more;
        for (int part = 0; part < 4; ++part) {
            for (std::size_t slot = 0; slot < of.width(); ++slot) numbers_.push_back(0);
        }
        for (std::uint32_t i = 0; i < of.key_count; ++i) {
            displaced.push_back(false);
            holders_.push_back({});
        }
        for (std::uint32_t i = 0; i < of.reference_count; ++i) {
            references.push_back({});
            stored_.push_back({});
        }
        if (!before.empty()) read(row, before, old(row));
        if (!after.empty()) {
            read(row, after, wanted(row));
            if (after.data() != before.data()) compute(row);
        } else {
            copy(row, old(row), wanted(row));
        }
        return row;
    }
    std::uint32_t add_barrier() {
        rows.push_back({}).fate = Fate::barrier;
        return size() - 1;
    }

    PlanValue* old(std::uint32_t row) noexcept { return part(row, 0); }
    PlanValue* wanted(std::uint32_t row) noexcept { return part(row, 1); }
    PlanValue* last(std::uint32_t row) noexcept { return part(row, 2); }
    PlanValue* stored(std::uint32_t row) noexcept { return part(row, 3); }
    List<PlanValue> stored_values(std::uint32_t row) {
        List<PlanValue> copied;
        copied.reserve(table(row).width());
        for (std::size_t slot = 0; slot < table(row).width(); ++slot) copied.push_back(stored(row)[slot]);
        return copied;
    }
    const PlanTable<Lazy>& table(std::uint32_t row) const noexcept { return schema.tables[rows[row].table]; }
    void copy(std::uint32_t row, const PlanValue* from, PlanValue* to) const noexcept {
        for (std::size_t slot = 0; slot < table(row).width(); ++slot) to[slot] = from[slot];
    }
    bool same(std::uint32_t row, const PlanValue* left, const PlanValue* right) const noexcept {
        for (std::size_t slot = 0; slot < table(row).width(); ++slot) {
            if (left[slot] != right[slot]) return false;
        }
        return true;
    }

    PlanKeyValue key_value(std::uint32_t key, const PlanValue* row) {
        return number_of(key, row, schema.keys[key].slots);
    }
    PlanKeyValue reference_value(std::uint32_t reference, const PlanValue* row) {
        return number_of(schema.references[reference].key, row, schema.references[reference].slots);
    }
    ReferenceState<Lazy>& reference(std::uint32_t row, std::uint32_t number) noexcept {
        return references[rows[row].first_reference + number - table(row).first_reference];
    }
    bool is_displaced(std::uint32_t row, std::uint32_t key) const noexcept {
        const PlanRow<Lazy>& of = rows[row];
        if (of.fate == Fate::insert || of.fate == Fate::remove || of.fate == Fate::vanish) return true;
        return displaced[key_index(row, key)];
    }
    /// Also of a row that is not written itself.
    bool was_displaced(std::uint32_t row, std::uint32_t key) const noexcept { return displaced[key_index(row, key)]; }
    /// False where it was already.
    bool displace(std::uint32_t row, std::uint32_t key) noexcept {
        return !detail::exchange(displaced[key_index(row, key)], true);
    }

    /// Whether a reference stays with its row and the database takes it along: then it is never written.
    bool is_natural(std::uint32_t row, std::uint32_t number) {
        const bool may_be = rows[row].fate == Fate::update && schema.references[number].follows_rename();
        if (!may_be || reference(row, number).is_parked) return false;
        const PlanKeyValue before = reference_value(number, old(row));
        const PlanKeyValue after = reference_value(number, last(row));
        if (before == 0 || after == 0) return false;
        const std::uint32_t parent = old_holder(before);
        return parent == holder(after) && (parent != no_row || before == after);
    }

    NumberRange keys_of(std::uint32_t row) const noexcept {
        const PlanTable<Lazy>& of = table(row);
        return {of.first_key, of.first_key + of.key_count};
    }
    NumberRange references_of(std::uint32_t row) const noexcept {
        const PlanTable<Lazy>& of = table(row);
        return {of.first_reference, of.first_reference + of.reference_count};
    }

    /// Whether the database has still to choose a key.
    bool is_generated(std::uint32_t row, std::uint32_t key) {
        for (const std::uint16_t slot : schema.keys[key].slots) {
            if (values.kind(last(row)[slot]) == PlanValueKind::generated) return true;
        }
        return false;
    }

    /// Who had a key before the flush; no_row where nobody is known.
    std::uint32_t old_holder(PlanKeyValue value) noexcept {
        return value != 0 && value < uses_.size() ? uses_[value].before : no_row;
    }
    void set_old_holder(PlanKeyValue value, std::uint32_t row) { use(value).before = row; }
    /// The row with a transient key, while a parent's change drags it along.
    std::uint32_t dragged_holder(PlanKeyValue value) noexcept {
        return value < uses_.size() ? uses_[value].dragged : no_row;
    }
    void set_dragged_holder(PlanKeyValue value, std::uint32_t row) { use(value).dragged = row; }

    /// Who has a key in the end, one of them.
    std::uint32_t holder(PlanKeyValue value) noexcept {
        if (value == 0 || value >= uses_.size() || uses_[value].holders == no_row) return no_row;
        return holders_[uses_[value].holders].row;
    }
    void add_holder(std::uint32_t row, std::uint32_t key, PlanKeyValue value) {
        if (value != 0) insert(holders_, use(value).holders, key_index(row, key), row, key);
    }
    void drop_holder(std::uint32_t row, std::uint32_t key, PlanKeyValue value) noexcept {
        if (value != 0) take(holders_, uses_[value].holders, key_index(row, key));
    }
    /// Another one, no_row where there is none.
    std::uint32_t next_holder(std::uint32_t row, std::uint32_t key) const noexcept {
        const std::uint32_t next = holders_[key_index(row, key)].next;
        return next == no_row ? no_row : holders_[next].row;
    }

    /// Who refers to a key before the flush, or wants to: `use(row, reference)`.
    void add_child(PlanKeyValue value, std::uint32_t row, std::uint32_t reference) {
        std::uint32_t& first = use(value).children;
        children_.push_back({row, reference, no_row, first});
        first = static_cast<std::uint32_t>(children_.size() - 1);
    }
    template <class Use>
    void for_children(PlanKeyValue value, const Use& use) {
        if (value == 0 || value >= uses_.size()) return;
        for (std::uint32_t i = uses_[value].children; i != no_row; i = children_[i].next) {
            const Node child = children_[i];
            use(child.row, child.number);
        }
    }

    /// Who refers to it in the database, at the moment.
    void add_stored_child(PlanKeyValue value, std::uint32_t row, std::uint32_t number) {
        if (value != 0) insert(stored_, use(value).stored, reference_index(row, number), row, number);
    }
    void drop_stored_child(PlanKeyValue value, std::uint32_t row, std::uint32_t number) noexcept {
        if (value != 0) take(stored_, uses_[value].stored, reference_index(row, number));
    }
    template <class Use>
    [[gnu::cold]] void for_stored_children(PlanKeyValue value, const Use& use) {
        if (value == 0 || value >= uses_.size()) return;
        for (std::uint32_t i = uses_[value].stored; i != no_row; i = stored_[i].next) {
            use(stored_[i].row, stored_[i].number);
        }
    }

private:
    struct Node {
        std::uint32_t row = no_row;
        std::uint32_t number = 0;
        std::uint32_t previous = no_row;
        std::uint32_t next = no_row;
    };
    /// What is known of a key's value.
    struct KeyUse {
        std::uint32_t before = no_row;
        std::uint32_t dragged = no_row;
        std::uint32_t holders = no_row;
        std::uint32_t children = no_row;
        std::uint32_t stored = no_row;
    };

    PlanValue* part(std::uint32_t row, std::size_t number) noexcept {
        return numbers_.data() + rows[row].first_value + number * table(row).width();
    }
    std::uint32_t key_index(std::uint32_t row, std::uint32_t key) const noexcept {
        return rows[row].first_key + key - table(row).first_key;
    }
    std::uint32_t reference_index(std::uint32_t row, std::uint32_t number) const noexcept {
        return rows[row].first_reference + number - table(row).first_reference;
    }
    [[gnu::cold]] void read(std::uint32_t row, std::string_view snapshot, PlanValue* to) {
        const PlanTable<Lazy>& of = table(row);
        const bool is_new = !rows[row].existed;
        SnapshotCell cell = first_cell(snapshot);
        for (std::size_t column = 0, left = of.width(); left != 0; ++column, cell = cell.next()) {
            const std::uint16_t slot = of.slot_of(static_cast<std::uint16_t>(column));
            if (slot == of.width()) continue;
            --left;
            const bool is_chosen = is_new && static_cast<int>(column) == of.table->generated_key && cell.integer() == 0;
            to[slot] = is_chosen ? values.generated_for(row) : values.of(cell);
        }
    }
    PlanKeyValue number_of(std::uint32_t key, const PlanValue* row, const List<std::uint16_t>& slots) {
        const List<TextFold>& folds = schema.keys[key].folds;
        if (folds.empty()) [[likely]]
            return key_values.of(key, row, slots);
        List<PlanValue> folded;
        for (std::size_t i = 0; i < slots.size(); ++i) {
            while (folded.size() <= slots[i]) folded.push_back(0);
            folded[slots[i]] = values.folded(row[slots[i]], folds[i]);
        }
        return key_values.of(key, folded.data(), slots);
    }
    /// What an object says of its generated columns is of no account.
    void compute(std::uint32_t row) {
        const PlanTable<Lazy>& of = table(row);
        for (std::uint16_t slot = 0; slot < of.width(); ++slot) {
            if (!of.is_generated(slot)) continue;
            if (schema.is_computed(rows[row].table, slot)) {
                wanted(row)[slot] = values.unused(of.storage(slot));
            } else if (rows[row].existed) {
                wanted(row)[slot] = old(row)[slot];
            }
        }
    }
    KeyUse& use(PlanKeyValue value) {
        while (uses_.size() <= value) uses_.push_back({});
        return uses_[value];
    }
    static void insert(List<Node>& nodes, std::uint32_t& first, std::uint32_t at, std::uint32_t row,
                       std::uint32_t number) noexcept {
        nodes[at] = {row, number, no_row, first};
        if (first != no_row) nodes[first].previous = at;
        first = at;
    }
    static void take(List<Node>& nodes, std::uint32_t& first, std::uint32_t at) noexcept {
        Node& node = nodes[at];
        if (node.row == no_row) return;
        (node.previous != no_row ? nodes[node.previous].next : first) = node.next;
        if (node.next != no_row) nodes[node.next].previous = node.previous;
        node = {};
    }

    List<PlanValue> numbers_{};
    List<KeyUse> uses_{};
    List<Node> holders_{};
    List<Node> children_{};
    List<Node> stored_{};
};

}  // namespace mica::detail
