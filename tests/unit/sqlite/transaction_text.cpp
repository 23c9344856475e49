// SPDX-License-Identifier: BSL-1.0
#include <mica/sqlite/transaction_text.hpp>

#include <gtest/gtest.h>

#include <ostream>
#include <string_view>

namespace unit_transaction_text {

using Kind = mica::TransactionText::Kind;

struct Case {
    std::string_view sql;
    Kind kind;
    std::string_view name = {};
};

std::ostream& operator<<(std::ostream& out, const Case& text) { return out << text.sql; }

struct TransactionTextOf : testing::TestWithParam<Case> {};

TEST_P(TransactionTextOf, is_known_by_its_first_words) {
    const auto text = mica::sqlite::read_transaction_text(GetParam().sql);
    EXPECT_EQ(text.kind, GetParam().kind);
    if (text.kind != Kind::other) {
        EXPECT_EQ(text.name, GetParam().name);
        EXPECT_TRUE(mica::sqlite::may_be_transaction_text(GetParam().sql));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Text, TransactionTextOf,
    testing::Values(
        Case{"BEGIN", Kind::begin}, Case{"begin immediate;", Kind::begin}, Case{"COMMIT", Kind::end},
        Case{"End Transaction", Kind::end}, Case{"ROLLBACK", Kind::end}, Case{"ROLLBACK TRANSACTION", Kind::end},
        Case{" ; \n BEGIN", Kind::begin}, Case{"-- BEGIN\nCOMMIT", Kind::end}, Case{"/* a */ /**/ROLLBACK", Kind::end},
        Case{"SAVEPOINT a", Kind::savepoint, "a"}, Case{"SAVEPOINT \"A b\"", Kind::savepoint, "a b"},
        Case{"SAVEPOINT[a]", Kind::savepoint, "a"}, Case{"SAVEPOINT `a`", Kind::savepoint, "a"},
        Case{"SAVEPOINT 'a'", Kind::savepoint, "a"}, Case{"SAVEPOINT m\xc3\x84", Kind::savepoint, "m\xc3\x84"},
        Case{"RELEASE A1_$", Kind::release, "a1_$"}, Case{"RELEASE SAVEPOINT a", Kind::release, "a"},
        Case{"RELEASE savepoint", Kind::release, "savepoint"}, Case{"ROLLBACK TO a", Kind::rollback_to, "a"},
        Case{"ROLLBACK TRANSACTION TO SAVEPOINT a", Kind::rollback_to, "a"},
        Case{"PRAGMA foreign_keys = 0", Kind::ignored_setting, "foreign_keys"},
        Case{"PRAGMA main . Journal_Mode(off)", Kind::ignored_setting, "journal_mode"},
        Case{"PRAGMA main.\"Query_Only\"(0)", Kind::write_permission, "query_only"},
        Case{"EXPLAIN QUERY PLAN PRAGMA query_only = 0", Kind::write_permission, "query_only"},
        Case{"PRAGMA query_only", Kind::other}, Case{"EXPLAIN QUERY PLAN SELECT 1", Kind::other},
        Case{"PRAGMA foreign_keys", Kind::other}, Case{"PRAGMA cache_size = 5", Kind::other},
        Case{"EXPLAIN COMMIT", Kind::other}, Case{"SELECT 1", Kind::other}, Case{"", Kind::other},
        Case{"/* BEGIN", Kind::other}, Case{"-- BEGIN", Kind::other}, Case{"BEGINNING", Kind::other},
        Case{"?", Kind::other}));

}  // namespace unit_transaction_text
