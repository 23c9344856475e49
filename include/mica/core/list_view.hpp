// SPDX-License-Identifier: BSL-1.0
// A view of constant elements that lie in a row. std::span would do; its range constructor, asked at every conversion
// from an array, costs ten milliseconds of compile time for each element type.
#pragma once

#include <array>
#include <cstddef>

namespace mica {

template <class Element>
class ListView {
public:
    constexpr ListView() noexcept = default;
    constexpr ListView(const Element* data, std::size_t size) noexcept : data_(data), size_(size) {}
    template <std::size_t count>
    constexpr ListView(const std::array<Element, count>& elements) noexcept : data_(elements.data()), size_(count) {}

    constexpr const Element* begin() const noexcept { return data_; }
    constexpr const Element* end() const noexcept { return data_ + size_; }
    constexpr const Element* data() const noexcept { return data_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr const Element& operator[](std::size_t index) const noexcept { return data_[index]; }

private:
    const Element* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace mica
