// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/value_list.hpp>

namespace mica::detail {

void ListedValues::null() { entries_.push_back({.position = end(), .integer = 0}); }

void ListedValues::integer(std::int64_t value) {
    entries_.push_back({.storage = StorageClass::integer, .position = end(), .integer = value});
}

void ListedValues::real(double value) {
    entries_.push_back({.storage = StorageClass::real, .position = end(), .real = value});
    holds_nan_ = holds_nan_ || is_nan(value);
}

void ListedValues::append(StorageClass storage, const char* data, std::size_t size) {
    const std::size_t offset = bytes_.size();
    if (size != 0) bytes_.append(data, size);  // no bytes may have no address
    entries_.push_back({.storage = storage, .position = end(), .offset = offset, .size = size});
}

bool ListedValues::is_sorted() const noexcept {
    for (std::size_t i = 1; i < entries_.size(); ++i) {
        if (is_less(entries_[i], entries_[i - 1])) return false;
    }
    return true;
}

void ListedValues::sort() {
    const std::size_t count = entries_.size();
    List<Entry> merged;
    merged.resize(count);
    for (std::size_t width = 1; width < count; width *= 2) {
        for (std::size_t begin = 0; begin < count; begin += 2 * width) {
            const std::size_t middle = width < count - begin ? begin + width : count;
            const std::size_t end = width < count - middle ? middle + width : count;
            merge(begin, middle, end, merged.data() + begin);
        }
        entries_.swap(merged);
    }
}

bool ListedValues::is_less(const Entry& left, const Entry& right) const noexcept {
    if (left.storage != right.storage) {
        const bool has_null = left.storage == StorageClass::null || right.storage == StorageClass::null;
        return has_null ? left.storage == StorageClass::null : left.storage < right.storage;
    }
    switch (left.storage) {
        case StorageClass::null: return false;
        case StorageClass::integer: return left.integer < right.integer;
        case StorageClass::real: return left.real < right.real;
        case StorageClass::text:
        case StorageClass::blob: break;
    }
    return std::string_view{bytes_.data() + left.offset, left.size} <
           std::string_view{bytes_.data() + right.offset, right.size};
}

void ListedValues::merge(std::size_t left, std::size_t middle, std::size_t end, Entry* out) const noexcept {
    std::size_t right = middle;
    while (left < middle && right < end) {
        *out++ = is_less(entries_[right], entries_[left]) ? entries_[right++] : entries_[left++];
    }
    while (left < middle) *out++ = entries_[left++];
    while (right < end) *out++ = entries_[right++];
}

}  // namespace mica::detail

namespace mica {

void ValueList::separate() {
    auto* const own = values_ == nullptr ? new detail::ListedValues : new detail::ListedValues(*values_);
    let_go(detail::exchange(values_, own));
}

void ValueList::let_go(detail::ListedValues* values) noexcept {
    if (values != nullptr && values->holders.decrement_to_zero()) delete values;
}

}  // namespace mica
