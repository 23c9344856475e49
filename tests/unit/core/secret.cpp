// SPDX-License-Identifier: BSL-1.0
#include <mica/core/secret.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace unit_secret {

using mica::Secret;

TEST(Secret, holds_its_bytes_and_copies_them) {
    const Secret secret{std::string_view{"p@ss\0word", 9}};
    Secret copy = secret;
    EXPECT_EQ(copy.bytes(), (std::string_view{"p@ss\0word", 9}));
    EXPECT_EQ(copy, secret);
    Secret other;
    EXPECT_TRUE(other.empty());
    other = std::move(copy);
    EXPECT_EQ(other, secret);
    EXPECT_NE(other, Secret{"else"});
    other = Secret{"else"};
    EXPECT_EQ(other.bytes(), "else");
}

TEST(Secret, whose_copy_may_throw_lets_nothing_around_it_promise_otherwise) {
    struct Around {
        Secret secret;
    };
    static_assert(!std::is_nothrow_copy_assignable_v<Around>);
    static_assert(std::is_nothrow_move_assignable_v<Around>);
    Around one{Secret{"one"}};
    Around other{};
    other = one;
    EXPECT_EQ(other.secret, one.secret);
    one = std::move(other);
    EXPECT_EQ(one.secret.bytes(), "one");
}

TEST(Secret, can_be_filled_byte_by_byte) {
    Secret secret{3};
    EXPECT_TRUE(secret.empty());
    for (const char byte : {'a', 'b'}) secret.push_back(byte);
    EXPECT_EQ(secret.bytes(), "ab");
}

}  // namespace unit_secret
