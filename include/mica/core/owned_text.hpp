// SPDX-License-Identifier: BSL-1.0
// A text of a statement's own that constant evaluation can make too, which it cannot of a std::string on g++ 12.
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica::detail {

/// A copy of a text. A short one lies in the object, a longer one on the heap; a longer one that constant evaluation is
/// given is viewed, for what a constant can refer to lives as long as the program. Throws std::bad_alloc.
class OwnedText {
public:
    static constexpr std::size_t near_size = 23;

    constexpr explicit OwnedText(std::string_view text) : size_(text.size()) {
        if (size_ <= near_size) {
            for (std::size_t i = 0; i < size_; ++i) near_[i] = text[i];
        } else if (std::is_constant_evaluated()) {
            far_ = text.data();
        } else {
            far_ = owned_ = copy_of(text);
        }
    }
    constexpr OwnedText(const OwnedText& other) : far_(other.far_), size_(other.size_) {
        copy_near(other);
        if (other.owned_ != nullptr) far_ = owned_ = copy_of(other);
    }
    constexpr OwnedText(OwnedText&& other) noexcept : far_(other.far_), owned_(other.owned_), size_(other.size_) {
        copy_near(other);
        if (owned_ == nullptr) return;
        other.owned_ = nullptr;
        other.size_ = 0;
    }
    constexpr OwnedText& operator=(OwnedText other) noexcept {
        std::swap(near_, other.near_);
        std::swap(far_, other.far_);
        std::swap(owned_, other.owned_);
        std::swap(size_, other.size_);
        return *this;
    }
    constexpr ~OwnedText() { delete[] owned_; }

    constexpr operator std::string_view() const noexcept { return {size_ <= near_size ? near_ : far_, size_}; }

private:
    constexpr void copy_near(const OwnedText& other) noexcept {
        for (std::size_t i = 0; i < near_size; ++i) near_[i] = other.near_[i];
    }
    static char* copy_of(std::string_view text) {
        char* const copy = new char[text.size()];
        text.copy(copy, text.size());
        return copy;
    }

    char near_[near_size]{};
    const char* far_ = nullptr;
    char* owned_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace mica::detail
