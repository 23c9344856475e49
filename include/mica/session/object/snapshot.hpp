// SPDX-License-Identifier: BSL-1.0
// A row as the database knows it, in one flat buffer: compared column by column and bound again without its type.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>
#include <mica/schema/row.hpp>
#include <mica/session/object/column_set.hpp>
#include <mica/session/object/snapshot_buffer.hpp>
#include <mica/session/object/snapshot_slabs.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace mica::detail {

/// The bytes of a row. As small as a pointer, for every tracked object has one.
class Snapshot {
public:
    Snapshot() noexcept = default;
    explicit Snapshot(std::string_view bytes) : Snapshot(SnapshotBlock::make(bytes.size()), bytes) {}
    /// One of many.
    Snapshot(std::string_view bytes, SnapshotSlabs& slabs) : Snapshot(slabs.take(bytes.size()), bytes) {}
    Snapshot(const Snapshot& other) : Snapshot(other.block_ == nullptr ? Snapshot{} : Snapshot{other.view()}) {}
    Snapshot(Snapshot&& other) noexcept : block_(detail::exchange(other.block_, nullptr)) {}
    // Not by value: an implicit assignment around it would promise not to throw, and the copy may.
    Snapshot& operator=(const Snapshot& other) {
        Snapshot copy{other};
        swap(copy);
        return *this;
    }
    Snapshot& operator=(Snapshot&& other) noexcept {
        Snapshot taken{static_cast<Snapshot&&>(other)};
        swap(taken);
        return *this;
    }
    ~Snapshot() {
        if (block_ != nullptr) SnapshotBlock::release(block_);  // most that end have been moved from
    }

    /// Whether there is no row.
    bool empty() const noexcept { return block_ == nullptr; }
    std::string_view view() const noexcept {
        if (block_ == nullptr) return {};
        return {static_cast<const char*>(block_) + SnapshotBlock::head, SnapshotBlock::size(block_)};
    }
    operator std::string_view() const noexcept { return view(); }
    char* data() noexcept { return block_ + SnapshotBlock::head; }
    void swap(Snapshot& other) noexcept { detail::swap(block_, other.block_); }

    friend bool operator==(const Snapshot& left, const Snapshot& right) noexcept { return left.view() == right.view(); }

private:
    Snapshot(char* block, std::string_view bytes) noexcept : block_(block) {
        if (!bytes.empty()) std::memcpy(data(), bytes.data(), bytes.size());
    }

    char* block_ = nullptr;
};

/// Of -0.0 those of 0.0, which is what comes back of it, and one key with it.
inline std::uint64_t bits_of(double value) noexcept { return std::bit_cast<std::uint64_t>(value + 0.0); }

/// What of an encoded value is not text or bytes has at most so many: its storage class, then a number in eight, or the
/// length of what follows, in one if it is below `long_length` and else in eight behind that.
inline constexpr std::size_t most_of_cell = 10;
inline constexpr unsigned char long_length = 255;

/// Both write there and give the place behind it.
inline char* write_number(char* at, StorageClass storage, std::uint64_t value) noexcept {
    *at = static_cast<char>(storage);
    std::memcpy(at + 1, &value, 8);
    return at + 9;
}
inline char* write_bytes(char* at, StorageClass storage, std::string_view value) noexcept {
    const std::uint64_t size = value.size();
    const bool is_long = size >= long_length;
    at[0] = static_cast<char>(storage);
    at[1] = static_cast<char>(is_long ? long_length : static_cast<unsigned char>(size));
    at += 2;
    if (is_long) [[unlikely]] {
        std::memcpy(at, &size, 8);
        at += 8;
    }
    if (size != 0) std::memcpy(at, value.data(), size);
    return at + size;
}

/// Appends encoded values.
struct SnapshotSink {
    SnapshotBuffer& bytes;

    void null() { *bytes.extend(1) = static_cast<char>(StorageClass::null); }
    void integer(std::int64_t value) { number(StorageClass::integer, static_cast<std::uint64_t>(value)); }
    void real(double value) { number(StorageClass::real, bits_of(value)); }
    void text(std::string_view value, Lifetime) { sized(StorageClass::text, value); }
    void blob(Bytes value, Lifetime) {
        sized(StorageClass::blob, {reinterpret_cast<const char*>(value.data()), value.size()});
    }

private:
    void number(StorageClass storage, std::uint64_t value) { write_number(bytes.extend(9), storage, value); }
    void sized(StorageClass storage, std::string_view value) {
        bytes.end_at(write_bytes(bytes.reserve(most_of_cell + value.size()), storage, value));
    }
};

static_assert(ValueSink<SnapshotSink>);

/// The same for the values of a row, whose number is known: there is always room for what is not text of all of them.
class SnapshotRowSink {
public:
    SnapshotRowSink(SnapshotBuffer& bytes, std::size_t columns)
        : bytes_(bytes), room_(most_of_cell * columns), at_(bytes.reserve(room_)) {}
    SnapshotRowSink(const SnapshotRowSink&) = delete;
    SnapshotRowSink& operator=(const SnapshotRowSink&) = delete;

    void null() noexcept { *at_++ = static_cast<char>(StorageClass::null); }
    void integer(std::int64_t value) noexcept { number(StorageClass::integer, static_cast<std::uint64_t>(value)); }
    void real(double value) noexcept { number(StorageClass::real, bits_of(value)); }
    void text(std::string_view value, Lifetime) { sized(StorageClass::text, value); }
    void blob(Bytes value, Lifetime) {
        sized(StorageClass::blob, {reinterpret_cast<const char*>(value.data()), value.size()});
    }
    /// Once, when all are there.
    void end() noexcept { bytes_.end_at(at_); }

private:
    void number(StorageClass storage, std::uint64_t value) noexcept { at_ = write_number(at_, storage, value); }
    void sized(StorageClass storage, std::string_view value) {
        bytes_.end_at(at_);
        at_ = write_bytes(bytes_.reserve(room_ + value.size()), storage, value);
    }

    SnapshotBuffer& bytes_;
    std::size_t room_;
    char* at_;
};

static_assert(ValueSink<SnapshotRowSink>);

/// One value inside a snapshot; answers as a cell does.
class SnapshotCell {
public:
    explicit SnapshotCell(const char* at) noexcept : at_(at) {}

    StorageClass storage_class() const noexcept { return static_cast<StorageClass>(*at_); }
    std::int64_t integer() const noexcept { return static_cast<std::int64_t>(number()); }
    double real() const noexcept { return std::bit_cast<double>(number()); }
    /// Of a blob its bytes.
    std::string_view text() const noexcept {
        const auto size = static_cast<unsigned char>(at_[1]);
        if (size != long_length) [[likely]]
            return {at_ + 2, size};
        std::uint64_t length = 0;
        std::memcpy(&length, at_ + 2, 8);
        return {at_ + most_of_cell, length};
    }
    Bytes blob() const noexcept {
        const std::string_view bytes = text();
        return {reinterpret_cast<const std::byte*>(bytes.data()), bytes.size()};
    }

    std::size_t size() const noexcept {
        switch (storage_class()) {
            case StorageClass::null: return 1;
            case StorageClass::integer:
            case StorageClass::real: return 9;
            case StorageClass::text:
            case StorageClass::blob: break;
        }
        const std::string_view bytes = text();
        return static_cast<std::size_t>(bytes.data() - at_) + bytes.size();
    }
    std::string_view encoded() const noexcept { return {at_, size()}; }
    SnapshotCell next() const noexcept { return SnapshotCell{at_ + size()}; }
    bool equals(SnapshotCell other) const noexcept {
        SnapshotCell self = *this;
        return step(self, other);
    }
    /// Sends a value, as send_cell() does, and goes on to the next one.
    template <class Sink>
    [[gnu::noinline]] void send(Sink& sink) {
        const char* const at = at_;
        at_ += 9;
        switch (static_cast<StorageClass>(*at)) {
            case StorageClass::null: at_ = at + 1; return sink.null();
            case StorageClass::integer: return sink.integer(SnapshotCell{at}.integer());
            case StorageClass::real: return sink.real(SnapshotCell{at}.real());
            case StorageClass::text: {
                const std::string_view text = SnapshotCell{at}.text();
                at_ = text.data() + text.size();
                return sink.text(text, Lifetime::borrowed);
            }
            case StorageClass::blob: {
                const Bytes bytes = SnapshotCell{at}.blob();
                at_ = reinterpret_cast<const char*>(bytes.data()) + bytes.size();
                return sink.blob(bytes, Lifetime::borrowed);
            }
        }
    }
    /// Whether two values are the same; goes on to the next ones.
    static bool step(SnapshotCell& left, SnapshotCell& right) noexcept {
        const auto storage = left.storage_class();
        const bool is_number = storage == StorageClass::integer || storage == StorageClass::real;
        if (is_number && storage == right.storage_class()) {
            const bool same = left.number() == right.number();
            left.at_ += 9;
            right.at_ += 9;
            return same;
        }
        const SnapshotCell first = detail::exchange(left, left.next());
        const SnapshotCell second = detail::exchange(right, right.next());
        const auto size = static_cast<std::size_t>(left.at_ - first.at_);
        return size == static_cast<std::size_t>(right.at_ - second.at_) &&
               std::memcmp(first.at_, second.at_, size) == 0;
    }

private:
    std::uint64_t number() const noexcept {
        std::uint64_t value = 0;
        std::memcpy(&value, at_ + 1, 8);
        return value;
    }

    const char* at_;
};

/// Compares values with those of a row, one after the other, without encoding them. `changed` gets the columns that
/// differ.
class SnapshotComparison {
public:
    SnapshotComparison(std::string_view row, ColumnSet& changed) noexcept : changed_(changed), next_(row.data()) {
        if (next_ == nullptr) __builtin_unreachable();  // a row has a key: g++'s -Wnull-dereference is told
    }

    void null() {
        if (is_of(StorageClass::null)) pass(true, 1);
    }
    void integer(std::int64_t value) { number(StorageClass::integer, static_cast<std::uint64_t>(value)); }
    void real(double value) { number(StorageClass::real, bits_of(value)); }
    void text(std::string_view value, Lifetime) { sized(StorageClass::text, value); }
    void blob(Bytes value, Lifetime) {
        sized(StorageClass::blob, {reinterpret_cast<const char*>(value.data()), value.size()});
    }

private:
    void number(StorageClass storage, std::uint64_t value) {
        if (is_of(storage)) pass(number() == value, 9);
    }
    void sized(StorageClass storage, std::string_view value) {
        if (!is_of(storage)) return;
        const std::string_view known = SnapshotCell{next_}.text();
        const auto head = static_cast<std::size_t>(known.data() - next_);
        pass(known == value, head + known.size());
    }
    /// Whether the row's next value is of this storage class; where it is not, goes on to the one behind it.
    bool is_of(StorageClass storage) {
        if (*next_ == static_cast<char>(storage)) [[likely]]
            return true;
        pass(false, SnapshotCell{next_}.size());
        return false;
    }
    std::uint64_t number() const noexcept {
        std::uint64_t value = 0;
        std::memcpy(&value, next_ + 1, 8);
        return value;
    }
    void pass(bool is_same, std::size_t size) {
        if (!is_same) changed_.add(column_);
        next_ += size;
        ++column_;
    }

    ColumnSet& changed_;
    const char* next_;
    std::size_t column_ = 0;
};

static_assert(ValueSink<SnapshotComparison>);

inline SnapshotCell first_cell(std::string_view snapshot) noexcept { return SnapshotCell{snapshot.data()}; }

inline SnapshotCell cell_at(std::string_view snapshot, std::size_t column) noexcept {
    SnapshotCell cell = first_cell(snapshot);
    for (; column > 0; --column) cell = cell.next();
    return cell;
}

/// Overwrites an integer of a snapshot.
inline void set_integer(Snapshot& snapshot, std::size_t column, std::int64_t value) {
    char* const row = snapshot.data();
    std::memcpy(row + (cell_at(snapshot, column).encoded().data() - row) + 1, &value, sizeof value);
}

/// The written columns in which two snapshots of one table differ.
inline ColumnSet find_changes(const Table& table, std::string_view before, std::string_view after) {
    ColumnSet changed;
    SnapshotCell left = first_cell(before);
    SnapshotCell right = first_cell(after);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (!SnapshotCell::step(left, right) && !table.columns[i].is_generated) changed.add(i);
    }
    return changed;
}

template <class Sink>
struct EncodeColumn {
    Sink& sink;

    template <class Field>
    void operator()(const Field& field, FieldUse) {
        encode(field, sink, Lifetime::borrowed);
    }
};

/// Appends the value of each column, generated ones too, so that places in a snapshot are places in the table.
template <class Owner>
void encode_row(const Owner& object, SnapshotBuffer& bytes) {
    SnapshotRowSink sink{bytes, table_of<Owner>().columns.size()};
    for_each_column(object, mapped_fields<Owner>.data(), EncodeColumn<SnapshotRowSink>{sink});
    sink.end();
}

/// Collects the columns, generated ones too, in which an object differs from a row. Its values are compared one by one,
/// without encoding it.
template <class Owner>
void find_changes(const Owner& object, std::string_view row, ColumnSet& changed) {
    SnapshotComparison comparison{row, changed};
    for_each_column(object, mapped_fields<Owner>.data(), EncodeColumn<SnapshotComparison>{comparison});
}

/// An encoded value of a row that was just read.
template <class Cell>
void append_cell(const Cell& cell, SnapshotBuffer& out) {
    SnapshotSink sink{out};
    send_cell(cell, sink);
}

}  // namespace mica::detail
