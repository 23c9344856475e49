// SPDX-License-Identifier: BSL-1.0
// Objects under keys that they do not have any more.
#pragma once

#include <mica/session/object/key_index.hpp>
#include <mica/session/object/tracked.hpp>

#include <string>
#include <string_view>

namespace mica::detail {

template <class Lazy>
class BasicFormerKeys {
public:
    bool empty() const noexcept { return index_.size() == 0; }
    /// Of several with one key the first counts.
    void add(Tracked& tracked, std::string_view row) {
        static_cast<void>(index_.add(name(tracked.table(), encoded_key(tracked.table(), row)), &tracked));
    }
    /// By the encoded values of the key; null where nobody has had it.
    Tracked* find(const Table& table, std::string_view key) const {
        return empty() ? nullptr : index_.find(name(table, key));
    }
    void clear() noexcept { index_ = {}; }

private:
    static std::string name(const Table& table, std::string_view key) {
        const Table* const address = &table;
        std::string text{reinterpret_cast<const char*>(&address), sizeof address};
        return text += key;
    }

    KeyIndex<Tracked> index_{};
};

}  // namespace mica::detail
