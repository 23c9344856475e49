// SPDX-License-Identifier: BSL-1.0
// A relation that is loaded says which row a key means, whatever becomes of that row and whoever takes its key.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace session_meant_rows {

using namespace mica;

struct Section;
struct Note;
struct Tag;
struct Book {
    std::int64_t id = 0;
    HasMany<Section> sections{};
    static constexpr auto mapping() { return table("book", assigned_key); }
};
struct Section {
    std::int64_t book = 0;
    std::int64_t number = 0;
    BelongsTo<Book> of{};
    HasMany<Note> notes{};
    static constexpr auto mapping() {
        return table("section", primary_key<&Section::book, &Section::number>,
                     foreign_key<&Section::book, &Book::id>.on_delete(cascade).on_update(cascade));
    }
};
struct Note {
    std::int64_t id = 0;
    std::optional<std::int64_t> book{};
    std::optional<std::int64_t> number{};
    BelongsTo<Section> of{};
    static constexpr auto mapping() {
        return table("note",
                     foreign_key_to<Section>(from<&Note::book, &Note::number>, to<&Section::book, &Section::number>)
                         .on_delete(cascade)
                         .on_update(cascade));
    }
};
struct Word {
    std::string code{};
    std::optional<std::string> up{};
    HasMany<Word> below{};
    BelongsTo<Word> of{};
    static constexpr auto mapping() {
        return table("word", primary_key<&Word::code>,
                     foreign_key<&Word::up, &Word::code>.on_delete(cascade).on_update(cascade));
    }
};
struct Badge {
    std::int64_t id = 0;
    std::int64_t number = 0;
    HasMany<Tag> tags{};
    static constexpr auto mapping() { return table("badge", unique<&Badge::number>); }
};
struct Tag {
    std::int64_t id = 0;
    std::optional<std::int64_t> badge{};
    static constexpr auto mapping() { return table("tag", foreign_key<&Tag::badge, &Badge::id>.on_update(set_null)); }
};

struct Link;
struct Label {
    std::int64_t id = 0;
    std::string name{};
};
struct Page {
    std::int64_t id = 0;
    ManyToMany<Label, Link> labels{};
};
struct Link {
    std::int64_t page = 0;
    std::int64_t label = 0;
    static constexpr auto mapping() {
        return table("link", primary_key<&Link::page, &Link::label>,
                     foreign_key<&Link::page, &Page::id>.on_delete(cascade).on_update(cascade),
                     foreign_key<&Link::label, &Label::id>.on_delete(cascade).on_update(cascade));
    }
};

struct MeantRows : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};
    MeantRows() { engine.create_all<Book, Section, Note, Word, Badge, Tag>(); }

    std::string stored(const std::string& sql) {
        return session.execute<std::optional<std::string>>(sql).one().value_or("");
    }
    /// Section 1 of book 1 with a note, all loaded.
    void add_book() {
        const auto book = session.add(Book{.id = 1});
        const auto section = book->sections.add(Section{.number = 1});
        section->notes.add(Note{});
        session.commit();
    }
};

TEST_F(MeantRows, a_child_goes_with_a_parent_that_goes_by_cascade_although_another_takes_its_key) {
    add_book();
    session.remove(session.get<Book>(1));
    session.add(Book{.id = 1});
    session.add(Section{.book = 1, .number = 1});
    session.commit();
    EXPECT_EQ(stored("SELECT group_concat(book || '.' || number) FROM section"), "1.1");
    EXPECT_EQ(stored("SELECT group_concat(id) FROM note"), "");
}

TEST_F(MeantRows, a_child_stays_with_a_parent_whose_key_is_dragged_along_although_another_takes_it) {
    add_book();
    session.get<Book>(1)->id = 2;
    session.add(Book{.id = 1});
    session.add(Section{.book = 1, .number = 1});
    session.commit();
    EXPECT_EQ(stored("SELECT group_concat(book || '.' || number) FROM note"), "2.1");
}

TEST_F(MeantRows, a_child_stays_with_a_parent_that_a_relation_moves_to_an_object_without_a_key) {
    add_book();
    const auto section = session.get<Section>(1, 1);
    section->of = session.add(Book{.id = 2});
    session.add(Section{.book = 1, .number = 1});
    session.commit();
    EXPECT_EQ(stored("SELECT group_concat(book || '.' || number) FROM note"), "2.1");
}

TEST_F(MeantRows, a_row_does_not_keep_itself_by_taking_the_key_of_its_own_parent) {
    const auto top = session.add(Word{.code = "e"});
    const auto parent = top->below.add(Word{.code = "f"});
    const auto child = parent->below.add(Word{.code = "c"});
    session.commit();
    session.remove(top);
    session.add(Word{.code = "e"});
    child->code = "f";
    session.commit();
    EXPECT_EQ(stored("SELECT group_concat(code || coalesce(up, '-')) FROM word"), "e-");
    EXPECT_FALSE(session.get<Word>("f"));
}

TEST_F(MeantRows, a_child_keeps_its_key_where_only_another_key_of_its_parent_changes_hands) {
    const auto one = session.add(Badge{.number = 1});
    const auto other = session.add(Badge{.number = 2});
    const auto tag = one->tags.add(Tag{});
    session.commit();
    std::swap(one->number, other->number);
    session.commit();
    EXPECT_EQ(tag->badge, one->id);
    EXPECT_EQ(stored("SELECT group_concat(badge) FROM tag"), std::to_string(one->id));
}

/// Page 1 is linked to label 3, "b"; label 2 is "a".
struct MeantLinks : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};
    MeantLinks() { engine.create_all<Page, Label, Link>(); }

    Ref<Page> page = session.add(Page{.id = 1});
    Ref<Label> a = session.add(Label{.id = 2, .name = "a"});
    Ref<Label> b = session.add(Label{.id = 3, .name = "b"});

    void SetUp() override {
        page->labels.add(b);
        session.commit();
    }
    std::string in_memory() {
        session.commit();
        std::string names;
        for (const auto& label : page->labels) names += label->name;
        return names;
    }
    std::string in_rows() {
        std::string names;
        for (const Label& label : engine.connect().all(select<Label>().join<Link>())) names += label.name;
        return names;
    }
};

TEST_F(MeantLinks, stay_with_an_object_whose_key_another_takes) {
    a->id = 3;
    b->id = 9;
    EXPECT_EQ(in_memory(), "b");
    EXPECT_EQ(in_rows(), "b");
}

TEST_F(MeantLinks, stay_with_an_object_that_exchanges_its_key) {
    a->id = 3;
    b->id = 2;
    EXPECT_EQ(in_memory(), "b");
    EXPECT_EQ(in_rows(), "b");
}

TEST_F(MeantLinks, stay_with_an_owner_that_exchanges_its_key) {
    const auto other = session.add(Page{.id = 2});
    session.commit();
    page->id = 2;
    other->id = 1;
    EXPECT_EQ(in_memory(), "b");
    EXPECT_EQ(session.scalar(select(col<&Link::page>)), 2);
}

TEST_F(MeantLinks, go_with_an_object_whose_key_another_takes) {
    session.remove(b);
    a->id = 3;
    EXPECT_EQ(in_memory(), "");
    EXPECT_EQ(in_rows(), "");
}

TEST_F(MeantLinks, go_with_an_object_whose_key_a_new_one_takes) {
    session.remove(b);
    session.add(Label{.id = 3, .name = "new"});
    EXPECT_EQ(in_memory(), "");
    EXPECT_EQ(in_rows(), "");
}

}  // namespace session_meant_rows
