// SPDX-License-Identifier: BSL-1.0
// Owners of owners: what goes takes along what it owns, level by level, in trees of one table too.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relations_deep {

struct Page;
struct Line;
struct Word;
struct LineWord;

struct Book {
    std::int64_t id = 0;
    mica::HasMany<Page, mica::owned> pages{};
    static constexpr auto mapping() { return mica::table("book"); }
};

struct Page {
    std::int64_t id = 0;
    std::int64_t book_id = 0;
    mica::HasMany<Line, mica::owned> lines{};
    static constexpr auto mapping() { return mica::table("page", mica::foreign_key<&Page::book_id, &Book::id>); }
};

struct Line {
    std::int64_t id = 0;
    std::int64_t page_id = 0;
    mica::ManyToMany<Word, LineWord> words{};
    static constexpr auto mapping() { return mica::table("line", mica::foreign_key<&Line::page_id, &Page::id>); }
};

struct Word {
    std::int64_t id = 0;
    static constexpr auto mapping() { return mica::table("word"); }
};

struct LineWord {
    std::int64_t line_id = 0;
    std::int64_t word_id = 0;
    static constexpr auto mapping() {
        return mica::table("line_word", mica::primary_key<&LineWord::line_id, &LineWord::word_id>,
                           mica::foreign_key<&LineWord::line_id, &Line::id>,
                           mica::foreign_key<&LineWord::word_id, &Word::id>);
    }
};

struct Node {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> parent_id{};
    mica::HasMany<Node, "parent_id", mica::owned> children{};
    mica::BelongsTo<Node, "parent_id"> parent{};
    static constexpr auto mapping() { return mica::table("node", mica::foreign_key<&Node::parent_id, &Node::id>); }
};

namespace {

using namespace relations_deep;
using mica::Ref;

struct RelationsDeep : testing::Test {
    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
    Ref<Book> book;
    Ref<Page> page;

    RelationsDeep() {
        engine.create_all<Book, Page, Line, Word, LineWord, Node>();
        book = session.add(Book{});
        page = book->pages.add(Page{});
        for (int i = 0; i < 3; ++i) page->lines.add(Line{})->words.add(Word{});
        book->pages.add(Page{})->lines.add(Line{});
        session.commit();
    }

    /// How many books, pages, lines and connected words there are.
    std::string counts() {
        return engine.connect()
            .execute<std::string>(
                "SELECT (SELECT count(*) FROM book) || ' ' || (SELECT count(*) FROM page) || ' ' || (SELECT count(*) "
                "FROM line) || ' ' || (SELECT count(*) FROM line_word)")
            .one();
    }
};

TEST_F(RelationsDeep, a_removed_owner_takes_all_levels_along) {
    EXPECT_EQ(counts(), "1 2 4 3");
    session.remove(book);
    session.commit();
    EXPECT_EQ(counts(), "0 0 0 0");
}

TEST_F(RelationsDeep, a_parted_child_takes_what_it_owns_along) {
    book->pages.remove(page);
    session.commit();
    EXPECT_EQ(counts(), "1 1 1 0");
}

TEST_F(RelationsDeep, a_parted_child_takes_new_ones_along) {
    page->lines.add(Line{})->words.add(Word{});
    book->pages.remove(page);
    session.commit();
    EXPECT_EQ(counts(), "1 1 1 0");
    EXPECT_TRUE(session.plan().empty());
}

TEST_F(RelationsDeep, what_was_moved_elsewhere_stays) {
    const auto saved = page->lines[0];
    book->pages[1]->lines.add(saved);
    book->pages.remove(page);
    session.commit();
    EXPECT_EQ(counts(), "1 1 2 1");
    EXPECT_EQ(saved->page_id, book->pages[0]->id);
}

TEST_F(RelationsDeep, rollback_brings_all_levels_back) {
    session.remove(book);
    session.flush();
    session.rollback();
    ASSERT_EQ(book->pages.size(), 2U);
    EXPECT_EQ(book->pages[0]->lines.size(), 3U);
    EXPECT_EQ(book->pages[0]->lines[2]->words.size(), 1U);
    EXPECT_TRUE(session.plan().empty());
    EXPECT_EQ(counts(), "1 2 4 3");
}

TEST_F(RelationsDeep, a_flush_that_fails_leaves_all_levels_to_be_removed) {
    book->pages.remove(page);
    const auto bad = session.add(Line{.page_id = 99});
    EXPECT_THROW(session.commit(), mica::IntegrityError);
    EXPECT_EQ(book->pages.size(), 1U);
    EXPECT_EQ(page->lines.size(), 3U);
    session.remove(bad);
    session.commit();
    EXPECT_EQ(counts(), "1 1 1 0");
}

TEST_F(RelationsDeep, a_flush_that_fails_and_a_child_that_is_put_back) {
    book->pages.remove(page);
    const auto bad = session.add(Line{.page_id = 99});
    EXPECT_THROW(session.commit(), mica::IntegrityError);
    session.remove(bad);
    book->pages.add(page);
    session.commit();
    EXPECT_EQ(counts(), "1 2 4 3");
}

struct RelationsTree : RelationsDeep {
    Ref<Node> root = session.add(Node{.name = "root"});
    Ref<Node> left = root->children.add(Node{.name = "left"});
    Ref<Node> right = root->children.add(Node{.name = "right"});
    Ref<Node> leaf = left->children.add(Node{.name = "leaf"});

    RelationsTree() { session.commit(); }

    std::string nodes() {
        std::string text;
        for (const std::string& each :
             engine.connect()
                 .execute<std::string>("SELECT name || ifnull(parent_id, '-') FROM node ORDER BY id")
                 .all()) {
            text += each + ' ';
        }
        return text;
    }
};

TEST_F(RelationsTree, a_removed_root_takes_the_tree) {
    EXPECT_EQ(nodes(), "root- left1 right1 leaf2 ");
    session.remove(root);
    session.commit();
    EXPECT_EQ(nodes(), "");
}

TEST_F(RelationsTree, a_branch_moves_as_a_whole) {
    right->children.add(left);
    session.commit();
    EXPECT_EQ(nodes(), "root- left3 right1 leaf2 ");
    EXPECT_EQ(root->children.size(), 1U);
    EXPECT_TRUE(left->parent.get() == right);
}

TEST_F(RelationsTree, a_tree_can_be_turned_over) {
    leaf->children.add(root);
    leaf->parent = std::nullopt;
    session.commit();
    EXPECT_EQ(nodes(), "root4 left1 right1 leaf- ");
    EXPECT_TRUE(left->children.empty());
}

TEST_F(RelationsTree, a_cycle_is_written_and_its_removal_ends) {
    leaf->children.add(root);
    session.commit();
    EXPECT_EQ(nodes(), "root4 left1 right1 leaf2 ");
    session.remove(right);
    session.commit();
    EXPECT_EQ(nodes(), "root4 left1 leaf2 ");
    session.remove(left);
    session.commit();
    EXPECT_EQ(nodes(), "");
}

TEST_F(RelationsTree, one_that_is_its_own_child_can_be_made_and_removed) {
    root->children.add(root);
    session.commit();
    EXPECT_EQ(nodes(), "root1 left1 right1 leaf2 ");
    EXPECT_TRUE(root->parent.get() == root);
    session.remove(root);
    session.commit();
    EXPECT_EQ(nodes(), "");
}

}  // namespace
}  // namespace relations_deep
