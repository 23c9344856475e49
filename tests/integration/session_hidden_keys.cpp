// SPDX-License-Identifier: BSL-1.0
// Rows that exclude each other by what only the database can tell: an index with a condition or over an expression, a
// collation. Who gives a value up is written before who takes it, and what cannot be leaves everything as it was.
#include <support/caught.hpp>
#include <support/fragile_backend.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace session_hidden_keys {

using namespace mica;
using mica::test::caught;
using mica::test::Fragility;

using Engine = BasicEngine<mica::test::FragileLateBackend>;
using Session = BasicSession<mica::test::FragileLateBackend>;

/// Only one address of a person is the first one.
struct Address {
    std::int64_t id = 0;
    std::int64_t person = 0;
    bool is_first = false;
    static constexpr auto mapping() {
        return table("address", mica::index<&Address::person>.unique().where(col<&Address::is_first>));
    }
};
struct Account {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("account", index_on(lower(col<&Account::name>)).unique()); }
};
struct Member {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("member", unique<&Member::name>, collate<&Member::name>("NOCASE")); }
};

struct Word {
    std::int64_t id = 0;
    std::string text{};
    std::string lower{};
    int uses = 0;
    static constexpr auto mapping() {
        return table("word", generated<&Word::lower>(mica::lower(col<&Word::text>)), unique<&Word::lower>);
    }
};
struct Use {
    std::int64_t id = 0;
    std::string word{};
    static constexpr auto mapping() { return table("use", foreign_key<&Use::word, &Word::lower>.on_update(cascade)); }
};
/// A row of a shelf whose number is in its own.
struct Shelf {
    std::int64_t id = 0;
    int books = 0;
};
struct Book {
    std::int64_t id = 0;
    std::int64_t number = 0;
    std::optional<std::int64_t> shelf{};
    int pages = 0;
    static constexpr auto mapping() {
        return table("book", generated<&Book::shelf>(col<&Book::number> / 10).stored(),
                     foreign_key<&Book::shelf, &Shelf::id>.on_delete(cascade));
    }
};

struct HiddenKeys : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    HiddenKeys() {
        engine.create_all<Address, Account, Member, Word, Use, Shelf, Book>();
        Fragility::refused = 0;
    }
    std::string firsts() {
        return session
            .execute<std::string>(
                "SELECT coalesce(group_concat(id), '') FROM (SELECT id FROM address WHERE is_first ORDER BY id)")
            .scalar();
    }
};

TEST_F(HiddenKeys, a_new_row_takes_the_place_of_a_removed_one_under_an_index_with_a_condition) {
    const auto old = session.add(Address{.person = 1, .is_first = true});
    session.commit();
    session.remove(old);
    session.add(Address{.id = 7, .person = 1, .is_first = true});
    session.commit();
    EXPECT_EQ(firsts(), "7");
    EXPECT_EQ(Fragility::refused, 0);
}

TEST_F(HiddenKeys, a_new_row_takes_what_another_gives_up) {
    const auto old = session.add(Address{.person = 1, .is_first = true});
    session.commit();
    session.add(Address{.id = 7, .person = 1, .is_first = true});
    old->is_first = false;
    session.commit();
    EXPECT_EQ(firsts(), "7");
    EXPECT_EQ(Fragility::refused, 0);
}

TEST_F(HiddenKeys, a_row_takes_the_place_of_a_removed_one) {
    const auto other = session.add(Address{.person = 1});
    const auto old = session.add(Address{.person = 1, .is_first = true});
    session.commit();
    session.remove(old);
    other->is_first = true;
    session.commit();
    EXPECT_EQ(firsts(), "1");
    EXPECT_EQ(Fragility::refused, 0);
}

TEST_F(HiddenKeys, rows_that_take_each_others_place_are_refused_and_nothing_is_changed) {
    const auto one = session.add(Address{.person = 1, .is_first = true});
    const auto two = session.add(Address{.person = 2, .is_first = true});
    session.commit();
    one->person = 2;
    two->person = 1;
    EXPECT_EQ(caught<IntegrityError>([&] { session.commit(); }).kind(), ConstraintKind::unique);
    session.rollback();
    EXPECT_EQ(one->person, 1);
    one->is_first = false;
    one->person = 2;
    session.flush();
    two->person = 1;
    session.commit();
    EXPECT_EQ(firsts(), "2");
}

TEST_F(HiddenKeys, a_new_row_takes_a_removed_ones_value_of_an_expression) {
    const auto old = session.add(Account{.name = "Ann"});
    session.commit();
    session.remove(old);
    session.add(Account{.id = 7, .name = "ANN"});
    session.commit();
    EXPECT_EQ(session.query<Account>().one()->id, 7);
    EXPECT_EQ(Fragility::refused, 0);
}

TEST_F(HiddenKeys, a_new_row_takes_a_removed_ones_value_that_a_collation_takes_for_the_same) {
    const auto old = session.add(Member{.name = "Ann"});
    session.commit();
    session.remove(old);
    session.add(Member{.id = 7, .name = "ann"});
    session.commit();
    EXPECT_EQ(session.query<Member>().one()->id, 7);
    EXPECT_EQ(Fragility::refused, 0);
}

TEST_F(HiddenKeys, new_rows_have_different_values_of_a_generated_column_whatever_their_objects_hold) {
    const auto old = session.add(Word{.text = "Ann"});
    session.commit();
    session.remove(old);
    const auto ann = session.add(Word{.id = 7, .text = "ANN"});
    const auto bob = session.add(Word{.id = 8, .text = "Bob"});
    session.commit();
    EXPECT_EQ(ann->lower, "ann");
    EXPECT_EQ(bob->lower, "bob");
    EXPECT_EQ(Fragility::refused, 0);
}

TEST_F(HiddenKeys, a_new_row_takes_a_generated_value_that_another_gives_up) {
    const auto old = session.add(Word{.text = "Ann"});
    session.commit();
    old->text = "Bob";
    const auto ann = session.add(Word{.text = "ann"});
    session.commit();
    EXPECT_EQ(old->lower, "bob");
    EXPECT_EQ(ann->lower, "ann");
    EXPECT_EQ(Fragility::refused, 0);
}

TEST_F(HiddenKeys, what_an_object_says_of_a_generated_value_is_never_written) {
    const auto ann = session.add(Word{.text = "Ann"});
    const auto old = session.add(Word{.text = "Bob"});
    session.commit();
    session.remove(old);
    session.add(Word{.text = "Cid"});
    ann->lower = "bob";
    ann->uses = 2;
    session.commit();
    EXPECT_EQ(ann->lower, "ann");
    EXPECT_EQ(session.execute<int>("SELECT uses FROM word WHERE lower = 'ann'").scalar(), 2);
}

TEST_F(HiddenKeys, rows_that_have_followed_a_generated_key_are_read_again) {
    const auto word = session.add(Word{.text = "Ann"});
    const auto use = session.add(Use{.word = "ann"});
    session.commit();
    word->text = "BOB";
    session.flush();
    EXPECT_EQ(session.get<Use>(use->id)->word, "bob");
    session.rollback();
    EXPECT_EQ(session.get<Use>(use->id)->word, "ann");
    EXPECT_EQ(word->lower, "ann");
}

TEST_F(HiddenKeys, a_row_leaves_a_removed_one_to_which_a_generated_column_referred) {
    session.add(Shelf{.id = 1});
    const auto second = session.add(Shelf{.id = 2});
    const auto book = session.add(Book{.number = 25});
    session.commit();
    book->number = 15;
    session.remove(second);
    session.commit();
    EXPECT_EQ(book->shelf, 1);
    EXPECT_EQ(session.query<Book>().count(), 1);
}

TEST_F(HiddenKeys, a_row_goes_with_a_removed_one_to_which_its_generated_column_refers_still) {
    const auto shelf = session.add(Shelf{.id = 1});
    const auto book = session.add(Book{.number = 15});
    session.commit();
    book->pages = 300;
    session.remove(shelf);
    session.commit();
    EXPECT_FALSE(session.get<Book>(book->id));
    EXPECT_FALSE(session.is_modified(book));
    EXPECT_EQ(session.query<Book>().count(), 0);
}

TEST_F(HiddenKeys, a_row_that_went_so_is_there_again_after_a_rollback) {
    const auto shelf = session.add(Shelf{.id = 1});
    const auto book = session.add(Book{.number = 15});
    session.commit();
    book->pages = 300;
    session.remove(shelf);
    session.flush();
    session.rollback();
    EXPECT_EQ(session.get<Book>(book->id), book);
    EXPECT_EQ(book->pages, 0);
    EXPECT_EQ(book->shelf, 1);
}

}  // namespace session_hidden_keys
