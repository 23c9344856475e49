// SPDX-License-Identifier: BSL-1.0
// A list of encoded values that a statement binds as one parameter, so that its text does not depend on their number.
#pragma once

#include <mica/core/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mica {

/// Owns its values. Filled through the members of a sink: null, integer, real, text, blob.
class ValueList {
public:
    void reserve(std::size_t count) { entries_.reserve(count); }
    std::size_t size() const noexcept { return entries_.size(); }

    void null() { entries_.push_back({}); }
    void integer(std::int64_t value) { entries_.push_back({.storage = StorageClass::integer, .integer = value}); }
    void real(double value) { entries_.push_back({.storage = StorageClass::real, .real = value}); }
    void text(std::string_view value, Lifetime) { append(StorageClass::text, value.data(), value.size()); }
    void blob(Bytes value, Lifetime) {
        append(StorageClass::blob, reinterpret_cast<const char*>(value.data()), value.size());
    }

    /// Sends the value at `index` to `sink`; its text and bytes live as long as this list.
    template <class Sink>
    void send(std::size_t index, Sink& sink) const {
        const Entry& entry = entries_[index];
        switch (entry.storage) {
            case StorageClass::null: sink.null(); break;
            case StorageClass::integer: sink.integer(entry.integer); break;
            case StorageClass::real: sink.real(entry.real); break;
            case StorageClass::text:
                sink.text(std::string_view{bytes_}.substr(entry.offset, entry.size), Lifetime::borrowed);
                break;
            case StorageClass::blob:
                sink.blob(Bytes{reinterpret_cast<const std::byte*>(bytes_.data()) + entry.offset, entry.size},
                          Lifetime::borrowed);
                break;
        }
    }

private:
    struct Entry {
        StorageClass storage = StorageClass::null;
        std::int64_t integer = 0;
        double real = 0;
        std::size_t offset = 0;
        std::size_t size = 0;
    };

    void append(StorageClass storage, const char* data, std::size_t size) {
        entries_.push_back({.storage = storage, .offset = bytes_.size(), .size = size});
        bytes_.append(data, size);
    }

    std::vector<Entry> entries_;
    std::string bytes_;
};

}  // namespace mica
