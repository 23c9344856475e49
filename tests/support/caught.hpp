// SPDX-License-Identifier: BSL-1.0
// Runs an action that must throw and hands back what it threw, so that a test can look at it.
#pragma once

#include <exception>
#include <stdexcept>
#include <string>
#include <typeinfo>

namespace mica::test {

/// The thrown `Expected`. A derived type does not count: the exact type is the contract. Throws otherwise, which fails
/// the test with the reason.
template <class Expected, class Action>
Expected caught(Action&& action) {
    try {
        action();
    } catch (const Expected& thrown) {
        if (typeid(thrown) == typeid(Expected)) return thrown;
        throw std::logic_error(std::string("a derived type was thrown: ") + thrown.what());
    } catch (const std::exception& thrown) {
        throw std::logic_error(std::string("another type was thrown: ") + thrown.what());
    }
    throw std::logic_error("nothing was thrown");
}

/// What it says.
template <class Expected, class Action>
std::string message_of(Action&& action) {
    return caught<Expected>(action).what();
}

}  // namespace mica::test
