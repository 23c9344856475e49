// SPDX-License-Identifier: BSL-1.0
// A value tagged with its storage class, as it was bound or as a replayed cell holds it. Compares and prints exactly.
#pragma once

#include <mica/core/value.hpp>
#include <mica/core/value_list.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica::test {

struct RecordedValue {
    StorageClass storage = StorageClass::null;
    bool is_list = false;
    std::int64_t integer = 0;
    double real = 0;
    std::string bytes{};  ///< of text and of blobs
    std::vector<RecordedValue> elements{};

    RecordedValue() = default;
    RecordedValue(std::nullopt_t) {}
    template <std::integral Integer>
    RecordedValue(Integer value) : storage(StorageClass::integer), integer(static_cast<std::int64_t>(value)) {}
    RecordedValue(double value) : storage(StorageClass::real), real(value) {}
    RecordedValue(const char* value) : storage(StorageClass::text), bytes(value) {}
    RecordedValue(std::string_view value) : storage(StorageClass::text), bytes(value) {}
    RecordedValue(Bytes value) : storage(StorageClass::blob) {
        for (const std::byte byte : value) bytes += static_cast<char>(byte);
    }
    explicit RecordedValue(const ValueList& values) : is_list(true) {
        ElementSink sink{elements};
        for (std::size_t i = 0; i < values.size(); ++i) values.send(i, sink);
    }

    bool operator==(const RecordedValue&) const = default;

private:
    struct ElementSink {
        std::vector<RecordedValue>& elements;
        void null() { elements.emplace_back(); }
        void integer(std::int64_t value) { elements.emplace_back(value); }
        void real(double value) { elements.emplace_back(value); }
        void text(std::string_view value, Lifetime) { elements.emplace_back(value); }
        void blob(Bytes value, Lifetime) { elements.emplace_back(value); }
    };
};

using RecordedValues = std::vector<RecordedValue>;

/// The one parameter of an IN.
inline RecordedValue list_of(RecordedValues elements) {
    RecordedValue value;
    value.is_list = true;
    value.elements = std::move(elements);
    return value;
}

inline RecordedValue blob_of(std::string_view bytes) {
    RecordedValue value{bytes};
    value.storage = StorageClass::blob;
    return value;
}

inline std::ostream& operator<<(std::ostream& out, const RecordedValue& value) {
    if (value.is_list) {
        out << '[';
        for (const RecordedValue& element : value.elements) out << ' ' << element;
        return out << " ]";
    }
    switch (value.storage) {
        case StorageClass::null: return out << "NULL";
        case StorageClass::integer: return out << value.integer;
        case StorageClass::real: return out << "real " << value.real;
        case StorageClass::text: return out << '\'' << value.bytes << '\'';
        case StorageClass::blob: return out << "x'" << value.bytes << '\'';
    }
    return out;
}

}  // namespace mica::test
