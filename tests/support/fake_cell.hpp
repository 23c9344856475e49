// SPDX-License-Identifier: BSL-1.0
// What stands on the two sides of a codec: a cell to read from and a sink that remembers what was sent to it.
// Usable in constant evaluation.
#pragma once

#include <mica/codec/codec.hpp>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mica::test {

/// A cell of one storage class. Reading it in another throws: a codec has to look first, as SQLite would convert.
class FakeCell {
public:
    constexpr FakeCell() = default;
    constexpr explicit FakeCell(std::int64_t value) : held_(StorageClass::integer), integer_(value) {}
    constexpr explicit FakeCell(double value) : held_(StorageClass::real), real_(value) {}
    constexpr explicit FakeCell(std::string_view value) : held_(StorageClass::text), text_(value) {}
    constexpr explicit FakeCell(Bytes value) : held_(StorageClass::blob), blob_(value) {}

    constexpr StorageClass storage_class() const noexcept { return held_; }
    constexpr std::int64_t integer() const { return expect(StorageClass::integer), integer_; }
    constexpr double real() const { return expect(StorageClass::real), real_; }
    constexpr std::string_view text() const { return expect(StorageClass::text), text_; }
    constexpr Bytes blob() const { return expect(StorageClass::blob), blob_; }

private:
    constexpr void expect(StorageClass wanted) const {
        if (held_ != wanted) throw std::logic_error("a cell was read in a storage class that it does not have");
    }

    StorageClass held_ = StorageClass::null;
    std::int64_t integer_ = 0;
    double real_ = 0;
    std::string_view text_{};
    Bytes blob_{};
};

constexpr FakeCell null_cell() { return FakeCell{}; }
constexpr FakeCell integer_cell(std::int64_t value) { return FakeCell{value}; }
constexpr FakeCell real_cell(double value) { return FakeCell{value}; }
/// Views `value`, as a row's cell views the row.
constexpr FakeCell text_cell(std::string_view value) { return FakeCell{value}; }
constexpr FakeCell blob_cell(Bytes value) { return FakeCell{value}; }

/// One value as a sink received it.
struct Sent {
    StorageClass storage = StorageClass::null;
    std::int64_t integer = 0;
    double real = 0;
    std::string text{};
    std::vector<std::byte> blob{};
    const void* data = nullptr;  ///< where the text or the bytes were
    Lifetime lifetime = Lifetime::borrowed;

    constexpr FakeCell cell() const {
        switch (storage) {
            case StorageClass::null: return null_cell();
            case StorageClass::integer: return integer_cell(integer);
            case StorageClass::real: return real_cell(real);
            case StorageClass::text: return text_cell(text);
            case StorageClass::blob: return blob_cell(blob);
        }
        throw std::logic_error("no storage class");
    }
};

/// A statement's side of encode().
struct RecordingSink {
    std::vector<Sent> values{};

    constexpr void null() { values.push_back({}); }
    constexpr void integer(std::int64_t value) {
        values.push_back({.storage = StorageClass::integer, .integer = value});
    }
    constexpr void real(double value) { values.push_back({.storage = StorageClass::real, .real = value}); }
    constexpr void text(std::string_view value, Lifetime lifetime) {
        values.push_back(
            {.storage = StorageClass::text, .text = std::string{value}, .data = value.data(), .lifetime = lifetime});
    }
    constexpr void blob(Bytes value, Lifetime lifetime) {
        values.push_back({.storage = StorageClass::blob,
                          .blob = {value.begin(), value.end()},
                          .data = value.data(),
                          .lifetime = lifetime});
    }
};

/// The one value that `value` is sent as.
template <class Value>
constexpr Sent sent(const Value& value, Lifetime lifetime = Lifetime::borrowed) {
    RecordingSink sink;
    mica::encode(value, sink, lifetime);
    if (sink.values.size() != 1) throw std::logic_error("a value must be sent exactly once");
    return sink.values.front();
}

/// Why `cell` cannot be read as a `Value`, none where it can.
template <class Value>
constexpr DecodeFlaw flaw_of(const FakeCell& cell) {
    Value out{};
    return mica::decode(cell, out);
}

/// `cell` read as a `Value`. Throws where that cannot be.
template <class Value>
constexpr Value read_as(const FakeCell& cell) {
    Value out{};
    if (mica::decode(cell, out) != DecodeFlaw::none) throw std::logic_error("the cell cannot be read as this type");
    return out;
}

/// `value` sent to a cell and read from it again.
template <class Value>
constexpr Value round_trip(const Value& value) {
    const Sent stored = sent(value);
    return read_as<Value>(stored.cell());
}

}  // namespace mica::test
