// SPDX-License-Identifier: BSL-1.0
// A growing array from whose front elements can be taken as cheaply as from its end.
#pragma once

#include <mica/core/list.hpp>

#include <cstddef>
#include <utility>

namespace mica::detail {

/// The members are those of List. Taking and inserting an element moves those of the shorter side; what is free at the
/// front is given back when it is more than the rest.
template <class Element>
class FrontList {
public:
    bool empty() const noexcept { return size() == 0; }
    std::size_t size() const noexcept { return all_.size() - first_; }
    std::size_t capacity() const noexcept { return all_.capacity() - first_; }
    Element* begin() noexcept { return all_.begin() + first_; }
    Element* end() noexcept { return all_.end(); }
    const Element* begin() const noexcept { return all_.begin() + first_; }
    const Element* end() const noexcept { return all_.end(); }
    Element& operator[](std::size_t index) noexcept { return all_[first_ + index]; }
    const Element& operator[](std::size_t index) const noexcept { return all_[first_ + index]; }
    Element& back() noexcept { return all_.back(); }
    const Element& back() const noexcept { return all_.back(); }

    void reserve(std::size_t capacity) { all_.reserve(first_ + capacity); }
    Element& push_back(Element element) { return all_.push_back(std::move(element)); }
    void pop_back() noexcept { all_.pop_back(); }

    void insert(Element* place, Element element) {
        const auto index = static_cast<std::size_t>(place - begin());
        if (index >= size() - index) return all_.insert(place, std::move(element));
        if (first_ == 0) open_front();
        if (first_ == 0) return all_.insert(begin() + index, std::move(element));
        --first_;
        for (std::size_t i = 0; i < index; ++i) (*this)[i] = std::move((*this)[i + 1]);
        (*this)[index] = std::move(element);
    }
    void erase(Element* place) noexcept {
        if (place - begin() >= end() - place) return all_.erase(place);
        for (; place != begin(); --place) *place = std::move(place[-1]);
        *place = Element{};
        if (++first_ > size()) close_front();
    }

private:
    /// Half of what is free at the end comes to the front.
    void open_front() noexcept {
        const std::size_t free = (all_.capacity() - all_.size() + 1) / 2;
        for (std::size_t i = 0; i < free; ++i) all_.push_back(Element{});
        for (std::size_t i = all_.size(); i-- > free;) all_[i] = std::move(all_[i - free]);
        for (std::size_t i = 0; i < free; ++i) all_[i] = Element{};
        first_ = free;
    }
    void close_front() noexcept {
        const std::size_t kept = size();
        for (std::size_t i = 0; i < kept; ++i) all_[i] = std::move(all_[first_ + i]);
        first_ = 0;
        while (all_.size() > kept) all_.pop_back();
    }

    List<Element> all_{};
    std::size_t first_ = 0;
};

}  // namespace mica::detail
