// SPDX-License-Identifier: BSL-1.0
// Objects as rows that a database reads from the program by itself: one statement inserts any number of them. Nothing
// here knows their type.
#pragma once

#include <mica/core/list.hpp>
#include <mica/core/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mica::detail {

/// The values of one row on their way to the database. Filled through the members of a sink; text and bytes that are
/// borrowed stay where they are.
class RowCells {
    struct Entry {
        StorageClass storage = StorageClass::null;
        bool is_copied = false;
        union {
            std::int64_t integer = 0;
            double real;
            const char* data;
            std::size_t offset;  ///< into bytes_
        };
        std::size_t size = 0;
    };

public:
    /// The value at an index.
    class Cell {
    public:
        Cell(const Entry& entry, const std::string& bytes) noexcept : entry_(&entry), bytes_(&bytes) {}

        StorageClass storage_class() const noexcept { return entry_->storage; }
        std::int64_t integer() const noexcept { return entry_->integer; }
        double real() const noexcept { return entry_->real; }
        std::string_view text() const noexcept { return {data(), entry_->size}; }
        Bytes blob() const noexcept { return {reinterpret_cast<const std::byte*>(data()), entry_->size}; }

    private:
        const char* data() const noexcept { return entry_->is_copied ? bytes_->data() + entry_->offset : entry_->data; }

        const Entry* entry_;
        const std::string* bytes_;
    };

    void begin_row() noexcept {
        count_ = 0;
        holds_nan_ = false;
        bytes_.clear();
    }
    std::size_t count() const noexcept { return count_; }
    Cell cell(std::size_t index) const noexcept { return {entries_[index], bytes_}; }
    bool is_null(std::size_t index) const noexcept { return entries_[index].storage == StorageClass::null; }
    /// Which no database takes.
    bool holds_nan() const noexcept { return holds_nan_; }

    void null() { add(StorageClass::null); }
    void integer(std::int64_t value) { add(StorageClass::integer).integer = value; }
    void real(double value) {
        holds_nan_ = holds_nan_ || is_nan(value);
        add(StorageClass::real).real = value;
    }
    void text(std::string_view value, Lifetime lifetime) {
        put(StorageClass::text, value.data(), value.size(), lifetime);
    }
    void blob(Bytes value, Lifetime lifetime) {
        put(StorageClass::blob, reinterpret_cast<const char*>(value.data()), value.size(), lifetime);
    }

private:
    Entry& add(StorageClass storage) {
        if (count_ == entries_.size()) [[unlikely]]
            entries_.push_back({});
        Entry& entry = entries_[count_++];
        entry.storage = storage;
        return entry;
    }
    void put(StorageClass storage, const char* data, std::size_t size, Lifetime lifetime) {
        Entry& entry = add(storage);
        entry.size = size;
        entry.is_copied = lifetime == Lifetime::copied;
        if (entry.is_copied) [[unlikely]] {
            entry.offset = bytes_.size();
            bytes_.append(data, size);
        } else {
            entry.data = data == nullptr ? "" : data;  // empty text is text
        }
    }

    List<Entry> entries_;
    std::size_t count_ = 0;
    std::string bytes_;
    bool holds_nan_ = false;
};

static_assert(ValueSink<RowCells>);

/// What came of an attempt to insert them all by one statement; where it is not `done`, none is there. `refused`: the
/// database took one of the rows not. `unseen`: it reads rows before it has inserted those before them.
enum class RowsEnd : std::uint8_t { done, refused, unseen };

/// Objects that lie beside each other, or pointers to objects that do.
struct RowSource {
    /// Sends what is stored of an object. Throws what its codecs throw.
    void (*encode)(const void* object, RowCells& cells) = nullptr;
    /// Writes the key that the database chose into an object, or only looks whether it fits, where that is null.
    /// Throws DataError where it does not. Null where no object is to be changed.
    void (*set_key)(void* object, std::int64_t key) = nullptr;

    const void* first = nullptr;
    std::size_t count = 0;
    std::size_t stride = 0;       ///< in bytes
    std::size_t first_index = 0;  ///< of the first one in its range
    bool is_indirect = false;
    int key = -1;               ///< the cell for which NULL means that the database chooses
    List<std::int64_t> keys{};  ///< those that it chose, 0 where it did not, of the objects up to the last such one

    const void* object(std::size_t index) const noexcept {
        const void* const place = static_cast<const std::byte*>(first) + index * stride;
        return is_indirect ? *static_cast<const void* const*>(place) : place;
    }
    bool lacks_key(const RowCells& cells) const noexcept {
        return key >= 0 && cells.is_null(static_cast<std::size_t>(key));
    }
    /// Whether the key that the database chooses is to be known.
    bool wants_key(const RowCells& cells) const noexcept { return set_key != nullptr && lacks_key(cells); }
    /// Throws DataError where the key does not fit its field.
    void add_key(std::size_t index, std::int64_t chosen) {
        set_key(nullptr, chosen);
        while (keys.size() < index) keys.push_back(0);
        keys.push_back(chosen);
    }
    /// Once nothing can fail any more.
    void write_keys() const {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (keys[i] != 0) set_key(const_cast<void*>(object(i)), keys[i]);
        }
    }
};

}  // namespace mica::detail
