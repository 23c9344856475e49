// SPDX-License-Identifier: BSL-1.0
// The values of a flush's keys as numbers: equal values have one number, and so have equal keys. What the database has
// still to choose has a number too.
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/object/key_index.hpp>
#include <mica/session/object/snapshot.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>  // std::hash of it

namespace mica::detail {

/// The number of a value; 0 is NULL.
using PlanValue = std::uint32_t;
/// The number of a key's values, together with the key; 0 where one of them is NULL.
using PlanKeyValue = std::uint32_t;

/// Numbers that are found again by what they stand for: open addressing over a list that the user has.
template <class Lazy = void>
class PlanNumbers {
public:
    /// The number of an entry with this hash for which `is_it` says so, else the next one, counted from 1: then `add`
    /// must put the entry at the end of the list.
    template <class IsIt, class Add>
    std::uint32_t find_or_add(std::uint64_t hash, const IsIt& is_it, const Add& add) {
        if ((hashes_.size() + 1) * 2 > slots_.size()) grow();
        std::size_t i = place_of(hash);
        for (; slots_[i] != 0; i = (i + 1) & (slots_.size() - 1)) {
            if (hashes_[slots_[i] - 1] == hash && is_it(slots_[i] - 1)) return slots_[i];
        }
        add();
        hashes_.push_back(hash);
        return slots_[i] = static_cast<std::uint32_t>(hashes_.size());
    }
    /// A number that is never found.
    std::uint32_t add_alone() {
        hashes_.push_back(0);
        return static_cast<std::uint32_t>(hashes_.size());
    }
    std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(hashes_.size()); }

private:
    std::size_t place_of(std::uint64_t hash) const noexcept { return (hash ^ hash >> 32U) & (slots_.size() - 1); }
    void grow() {
        List<std::uint32_t> slots;
        slots.resize(slots_.empty() ? 64 : slots_.size() * 2);
        slots_.swap(slots);
        for (std::size_t i = 0; i < hashes_.size(); ++i) {
            std::size_t at = place_of(hashes_[i]);
            while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
            slots_[at] = static_cast<std::uint32_t>(i + 1);
        }
    }

    List<std::uint64_t> hashes_{};
    List<std::uint32_t> slots_{};
};

enum class PlanValueKind : std::uint8_t {
    known,
    generated,  ///< the key that the database will choose for a new row
    unused,     ///< one that no row has, held in passing
};

template <class Lazy = void>
class PlanValues {
public:
    /// The snapshot it is from must stay.
    PlanValue of(SnapshotCell cell) {
        if (cell.storage_class() == StorageClass::null) return 0;
        const std::string_view bytes = cell.encoded();
        const bool is_number = cell.storage_class() == StorageClass::integer;
        const std::uint64_t hash =
            mixed(is_number ? static_cast<std::uint64_t>(cell.integer()) : std::hash<std::string_view>{}(bytes));
        return numbers_.find_or_add(
            hash,
            [&](std::size_t i) { return entries_[i].cell != nullptr && SnapshotCell{entries_[i].cell}.equals(cell); },
            [&] { entries_.push_back({bytes.data(), 0, PlanValueKind::known}); });
    }
    PlanValue generated_for(std::uint32_t row) {
        entries_.push_back({nullptr, row, PlanValueKind::generated});
        return numbers_.add_alone();
    }
    PlanValue unused(StorageClass storage) {
        entries_.push_back({nullptr, ++unused_, PlanValueKind::unused, storage});
        return numbers_.add_alone();
    }

    /// The one that stands for all that a column takes for the same.
    [[gnu::cold]] PlanValue folded(PlanValue value, TextFold fold) {
        const bool is_text =
            value != 0 && kind(value) == PlanValueKind::known && cell(value).storage_class() == StorageClass::text;
        if (fold == TextFold::none || !is_text) return value;
        std::string encoded;
        append_folded(encoded, cell(value), fold);
        if (encoded == cell(value).encoded()) return value;
        return of(first_cell(folded_.push_back(Snapshot{encoded})));
    }

    PlanValueKind kind(PlanValue value) const noexcept {
        return value == 0 ? PlanValueKind::known : entries_[value - 1].kind;
    }
    /// Of a known one that is not NULL.
    SnapshotCell cell(PlanValue value) const noexcept { return SnapshotCell{entries_[value - 1].cell}; }
    /// The row of a generated one, or how many unused ones there were.
    std::uint32_t number(PlanValue value) const noexcept { return entries_[value - 1].number; }
    StorageClass storage(PlanValue value) const noexcept { return entries_[value - 1].storage; }

    static std::uint64_t mixed(std::uint64_t hash) noexcept {
        hash *= 0x9E3779B97F4A7C15U;
        return hash ^ hash >> 29U;
    }

private:
    struct Entry {
        const char* cell;
        std::uint32_t number;
        PlanValueKind kind;
        StorageClass storage = StorageClass::null;
    };

    List<Entry> entries_{};
    PlanNumbers<Lazy> numbers_{};
    List<Snapshot> folded_{};  ///< which stay where they are
    std::uint32_t unused_ = 0;
};

template <class Lazy = void>
class PlanKeyValues {
public:
    /// Of the values in these slots of a row.
    PlanKeyValue of(std::uint32_t key, const PlanValue* row, const List<std::uint16_t>& slots) {
        std::uint64_t hash = PlanValues<Lazy>::mixed(key + 1);
        for (const std::uint16_t slot : slots) {
            if (row[slot] == 0) return 0;
            hash = PlanValues<Lazy>::mixed(hash ^ row[slot]);
        }
        return numbers_.find_or_add(
            hash,
            [&](std::size_t i) {
                if (entries_[i].key != key) return false;
                for (std::size_t s = 0; s < slots.size(); ++s) {
                    if (values_[entries_[i].first + s] != row[slots[s]]) return false;
                }
                return true;
            },
            [&] {
                entries_.push_back({key, values_.size()});
                for (const std::uint16_t slot : slots) values_.push_back(row[slot]);
            });
    }
    /// Numbers go up to this one.
    std::uint32_t size() const noexcept { return numbers_.size(); }
    /// Those of a key, in its order.
    const PlanValue* values(PlanKeyValue number) const noexcept { return values_.data() + entries_[number - 1].first; }

private:
    struct Entry {
        std::uint32_t key;
        std::size_t first;
    };

    List<Entry> entries_{};
    List<PlanValue> values_{};
    PlanNumbers<Lazy> numbers_{};
};

}  // namespace mica::detail
