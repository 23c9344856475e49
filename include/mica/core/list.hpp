// SPDX-License-Identifier: BSL-1.0
// A growing array for what mica keeps itself. A std::vector of one more type costs each translation unit that uses it
// 3 to 4 MB and 30 ms; this a fifth of that, by doing less and by not being constexpr.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/list_view.hpp>

#include <cstddef>
#include <new>
#include <utility>

namespace mica::detail {

/// The members are those of std::vector, and so is what they do; push_back gives the new element. Elements move without
/// throwing.
template <class Element>
class List {
    static_assert(noexcept(Element(std::declval<Element>())));

public:
    List() noexcept = default;
    List(const List& other) : List() {
        reserve(other.size_);
        for (const Element& element : other) push_back(element);
    }
    List(List&& other) noexcept { swap(other); }
    // Not by value: an implicit assignment around it would promise not to throw, and the copy may.
    List& operator=(const List& other) {
        List copy{other};
        swap(copy);
        return *this;
    }
    List& operator=(List&& other) noexcept {
        List taken{static_cast<List&&>(other)};
        swap(taken);
        return *this;
    }
    ~List() {
        clear();
        ::operator delete(data_);
    }

    bool empty() const noexcept { return size_ == 0; }
    std::size_t size() const noexcept { return size_; }
    std::size_t capacity() const noexcept { return capacity_; }
    Element* data() noexcept { return data_; }
    const Element* data() const noexcept { return data_; }
    Element* begin() noexcept { return data_; }
    Element* end() noexcept { return data_ + size_; }
    const Element* begin() const noexcept { return data_; }
    const Element* end() const noexcept { return data_ + size_; }
    Element& operator[](std::size_t index) noexcept { return data_[index]; }
    const Element& operator[](std::size_t index) const noexcept { return data_[index]; }
    Element& front() noexcept { return data_[0]; }
    const Element& front() const noexcept { return data_[0]; }
    Element& back() noexcept { return data_[size_ - 1]; }
    const Element& back() const noexcept { return data_[size_ - 1]; }
    operator ListView<Element>() const noexcept { return {data_, size_}; }

    Element& push_back(Element element) {
        if (size_ == capacity_) [[unlikely]]
            reallocate(size_ * 2 + 4);
        ::new (static_cast<void*>(data_ + size_)) Element(std::move(element));
        return data_[size_++];
    }
    /// Made in its place, without a move.
    template <class... Arguments>
    Element& emplace_back(Arguments&&... arguments) {
        if (size_ == capacity_) [[unlikely]]
            reallocate(size_ * 2 + 4);
        ::new (static_cast<void*>(data_ + size_)) Element{std::forward<Arguments>(arguments)...};
        return data_[size_++];
    }
    void pop_back() noexcept { data_[--size_].~Element(); }

    void erase(Element* place) noexcept {
        for (Element* const last = data_ + size_ - 1; place != last; ++place) *place = std::move(place[1]);
        pop_back();
    }
    void insert(Element* place, Element element) {
        const std::size_t index = static_cast<std::size_t>(place - data_);
        push_back(std::move(element));
        for (std::size_t i = size_ - 1; i > index; --i) detail::swap(data_[i], data_[i - 1]);
    }

    void clear() noexcept {
        while (size_ != 0) pop_back();
    }
    void reserve(std::size_t capacity) {
        if (capacity > capacity_) reallocate(capacity);
    }
    /// Only to a larger size; new elements are as `Element{}` is.
    void resize(std::size_t size) {
        reserve(size);
        for (; size_ < size; ++size_) ::new (static_cast<void*>(data_ + size_)) Element{};
    }
    void swap(List& other) noexcept {
        detail::swap(data_, other.data_);
        detail::swap(size_, other.size_);
        detail::swap(capacity_, other.capacity_);
    }

    friend bool operator==(const List& left, const List& right) noexcept {
        if (left.size_ != right.size_) return false;
        for (std::size_t i = 0; i < left.size_; ++i) {
            if (!(left.data_[i] == right.data_[i])) return false;
        }
        return true;
    }

private:
    [[gnu::noinline]] void reallocate(std::size_t capacity) {
        auto* const data = static_cast<Element*>(::operator new(capacity * sizeof(Element)));
        for (std::size_t i = 0; i < size_; ++i) {
            ::new (static_cast<void*>(data + i)) Element(std::move(data_[i]));
            data_[i].~Element();
        }
        ::operator delete(data_);
        data_ = data;
        capacity_ = capacity;
    }

    Element* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace mica::detail
