// SPDX-License-Identifier: BSL-1.0
// The few atomic operations that mica needs, on the compilers' own functions: <atomic> costs every translation unit 9
// MB.
#pragma once

namespace mica::detail {

/// A number, a pointer or an enum that several threads may use. Relaxed where nothing else is said.
template <class Value>
class Atomic {
public:
    constexpr explicit Atomic(Value value) noexcept : value_(value) {}
    Atomic(const Atomic&) = delete;
    Atomic& operator=(const Atomic&) = delete;

    Value load() const noexcept {
        Value value{};
        __atomic_load(&value_, &value, __ATOMIC_RELAXED);
        return value;
    }
    /// Whether only one reference is left, whose holder then sees all that the others' did.
    bool is_one() const noexcept { return __atomic_load_n(&value_, __ATOMIC_ACQUIRE) == 1; }
    void store(Value value) noexcept { __atomic_store(&value_, &value, __ATOMIC_RELAXED); }
    /// Gives the value before; what its writer did is seen.
    Value exchange(Value value) noexcept {
        Value before{};
        __atomic_exchange(&value_, &value, &before, __ATOMIC_ACQ_REL);
        return before;
    }
    /// Gives the value before.
    Value increment() noexcept { return __atomic_fetch_add(&value_, 1, __ATOMIC_RELAXED); }
    /// Counts one reference less; true for the last one, which then sees all that the others' holders did.
    bool decrement_to_zero() noexcept { return __atomic_sub_fetch(&value_, 1, __ATOMIC_ACQ_REL) == 0; }
    /// False, and nothing has happened, where it is 0.
    bool increment_unless_zero() noexcept {
        Value count = load();
        while (count != 0) {
            if (replace(count, count + 1)) return true;
        }
        return false;
    }
    /// As decrement_to_zero(), but leaves the last reference; false for that one.
    bool decrement_unless_one() noexcept {
        Value count = __atomic_load_n(&value_, __ATOMIC_ACQUIRE);
        while (count != 1) {
            if (__atomic_compare_exchange_n(&value_, &count, count - 1, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
                return true;
            }
        }
        return false;
    }
    /// Replaces `expected`; false, and `expected` is what there is, where it is another.
    bool replace(Value& expected, Value value) noexcept {
        return __atomic_compare_exchange_n(&value_, &expected, value, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
    }
    /// The same as a step from one holder to the next, who sees all that the one before him did; the same for all
    /// threads, whatever else they look at.
    bool pass(Value expected, Value value) noexcept {
        return __atomic_compare_exchange(&value_, &expected, &value, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    }

private:
    Value value_;
};

}  // namespace mica::detail
