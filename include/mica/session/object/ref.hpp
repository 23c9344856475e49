// SPDX-License-Identifier: BSL-1.0
// A handle to an object that a session tracks: cheap to copy, empty where nothing was found.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/session/object/tracked_object.hpp>

namespace mica {

namespace detail {

struct AsMade {};

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_empty_handle() {
    refuse<ProgrammingError>({"mica: this handle is empty, nothing was found; ask `if (ref)` first"});
}

}  // namespace detail

/// Shares one tracked object. It stays readable and writable after commit, rollback and the session's end; what is
/// written to it reaches the database at the next flush of the session that tracks it.
/// Thread safety: handles may be copied and dropped in any thread; the object itself is as safe as a plain struct.
template <class Owner>
class Ref {
public:
    using element_type = Owner;

    Ref() noexcept = default;
    explicit Ref(detail::TrackedObject<Owner>* tracked) noexcept : tracked_(tracked) {
        if (tracked_ != nullptr) tracked_->retain();
    }
    /// For the session: takes over the reference that an object was made with.
    Ref(detail::TrackedObject<Owner>* made, detail::AsMade) noexcept : tracked_(made) {}
    Ref(const Ref& other) noexcept : Ref(other.tracked_) {}
    Ref(Ref&& other) noexcept : tracked_(detail::exchange(other.tracked_, nullptr)) {}
    Ref& operator=(Ref other) noexcept {
        detail::swap(tracked_, other.tracked_);
        return *this;
    }
    ~Ref() {
        if (tracked_ != nullptr) tracked_->release();
    }

    /// False where nothing was found.
    explicit operator bool() const noexcept { return tracked_ != nullptr; }
    /// Throws ProgrammingError where the handle is empty.
    Owner& operator*() const { return found().value; }
    Owner* operator->() const { return &found().value; }
    Owner* get() const noexcept { return tracked_ != nullptr ? &found().value : nullptr; }

    /// Whether both are the same object, not whether two objects are equal.
    friend bool operator==(const Ref& left, const Ref& right) noexcept { return left.tracked_ == right.tracked_; }

    /// For the session.
    detail::TrackedObject<Owner>* tracked() const noexcept { return tracked_; }

private:
    detail::TrackedObject<Owner>& found() const {
        if (tracked_ == nullptr) [[unlikely]]
            detail::throw_empty_handle();
        tracked_->note_seen();
        return *tracked_;
    }

    detail::TrackedObject<Owner>* tracked_ = nullptr;
};

}  // namespace mica
