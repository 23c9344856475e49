// SPDX-License-Identifier: BSL-1.0
// Which indexes of a schema would take each other's place.
#include <mica/query/expression/column.hpp>
#include <mica/query/expression/ordering.hpp>
#include <mica/query/expression/predicate.hpp>
#include <mica/schema/schema.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace index_names {

using namespace mica;

struct Purchase {
    std::int64_t id = 0;
    int line_id = 0;
    static constexpr auto mapping() { return table("order", mica::index<&Purchase::line_id>); }
};
struct OrderLine {
    std::int64_t id = 0;
    int number = 0;
    static constexpr auto mapping() {
        return table("order_line", mica::index<&OrderLine::id>, mica::index<&OrderLine::number>);
    }
};
/// The same table once more, with the same index and another one.
struct OrderView {
    std::int64_t id = 0;
    int line_id = 0;
    static constexpr auto mapping() {
        return table("order", mica::index<&OrderView::line_id>, mica::index<&OrderView::id>);
    }
};
/// Another index of that name.
struct UniqueOrder {
    std::int64_t id = 0;
    int line_id = 0;
    static constexpr auto mapping() { return table("order", mica::index<&UniqueOrder::line_id>.unique()); }
};
struct Twins {
    std::int64_t id = 0;
    int x = 0;
    int x_2 = 0;
    static constexpr auto mapping() {
        return table(mica::index<&Twins::x>, mica::index<&Twins::x>.where(col<&Twins::x> > 0),
                     mica::index_on(-col<&Twins::x>), mica::index_on(col<&Twins::x>.desc()));
    }
};
/// The second index of `x` is called like the only one of `x_2`.
struct Numbered {
    std::int64_t id = 0;
    int x = 0;
    int x_2 = 0;
    static constexpr auto mapping() {
        return table(mica::index<&Numbered::x>, mica::index<&Numbered::x>.unique(), mica::index<&Numbered::x_2>);
    }
};
struct Quoted {
    std::int64_t id = 0;
    int x = 0;
    static constexpr auto mapping() { return table(mica::index<&Quoted::x>.name("a\"b")); }
};
struct QuotedToo {
    std::int64_t id = 0;
    int x = 0;
    static constexpr auto mapping() { return table(mica::index<&QuotedToo::x>.name("A\"B")); }
};
struct Plain {
    std::int64_t id = 0;
};

/// As create_all() asks it: of entities.
template <Entity... Entities>
constexpr bool ambiguous = detail::has_ambiguous_index(
    std::array<ListView<detail::NamedIndex>, sizeof...(Entities)>{detail::named_indexes<Entities>...});

namespace {

using namespace index_names;

TEST(IndexNames, of_two_tables_may_be_the_same) {
    EXPECT_TRUE((ambiguous<Purchase, OrderLine>));
    EXPECT_TRUE((ambiguous<OrderLine, Plain, Purchase>));
    EXPECT_FALSE((ambiguous<Purchase, Plain>));
    EXPECT_FALSE((ambiguous<OrderLine, Twins>));
}

TEST(IndexNames, are_compared_without_regard_to_case) { EXPECT_TRUE((ambiguous<Quoted, QuotedToo>)); }

TEST(IndexNames, of_one_index_that_two_structs_have_are_no_matter) { EXPECT_FALSE((ambiguous<Purchase, OrderView>)); }

TEST(IndexNames, of_two_indexes_of_one_table_are) { EXPECT_TRUE((ambiguous<Purchase, UniqueOrder>)); }

TEST(IndexNames, within_one_table_are_numbered) {
    EXPECT_FALSE(ambiguous<Twins>);
    EXPECT_TRUE(ambiguous<Numbered>);
}

TEST(IndexNames, are_none_where_there_is_no_index) {
    EXPECT_FALSE(ambiguous<Plain>);
    EXPECT_FALSE(ambiguous<>);
}

TEST(IndexNames, stand_in_front_of_their_statements) {
    ASSERT_EQ(mica::detail::named_indexes<Purchase>.size(), 1U);
    const mica::detail::NamedIndex& index = mica::detail::named_indexes<Purchase>[0];
    EXPECT_EQ(index.name, R"("ix_order_line_id")");
    EXPECT_EQ(index.statement, R"(CREATE INDEX IF NOT EXISTS "ix_order_line_id" ON "order" ("line_id"))");
}

}  // namespace
}  // namespace index_names
