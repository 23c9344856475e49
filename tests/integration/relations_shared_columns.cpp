// SPDX-License-Identifier: BSL-1.0
// Foreign keys of one row that have a column in common, as a tenant's number is in all of them.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace relations_shared_columns {

struct Tenant {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return mica::table("tenant", mica::unique<&Tenant::name>); }
};

struct Author {
    std::int64_t tenant_id = 0;
    std::int64_t number = 0;
    mica::BelongsTo<Tenant> tenant{};
    static constexpr auto mapping() {
        return mica::table("author", mica::primary_key<&Author::tenant_id, &Author::number>,
                           mica::foreign_key<&Author::tenant_id, &Tenant::id>);
    }
};

struct Book;

struct Editor {
    std::int64_t tenant_id = 0;
    std::int64_t number = 0;
    mica::BelongsTo<Tenant> tenant{};
    mica::HasMany<Book> books{};
    static constexpr auto mapping() {
        return mica::table("editor", mica::primary_key<&Editor::tenant_id, &Editor::number>,
                           mica::foreign_key<&Editor::tenant_id, &Tenant::id>);
    }
};

struct Book {
    std::int64_t id = 0;
    std::optional<std::int64_t> tenant_id{};
    std::optional<std::int64_t> author_number{};
    std::optional<std::int64_t> editor_number{};
    mica::BelongsTo<Tenant> tenant{};
    mica::BelongsTo<Author> author{};
    mica::BelongsTo<Editor> editor{};
    static constexpr auto mapping() {
        return mica::table("book", mica::foreign_key<&Book::tenant_id, &Tenant::id>,
                           mica::foreign_key_to<Author>(mica::from<&Book::tenant_id, &Book::author_number>,
                                                        mica::to<&Author::tenant_id, &Author::number>),
                           mica::foreign_key_to<Editor>(mica::from<&Book::tenant_id, &Book::editor_number>,
                                                        mica::to<&Editor::tenant_id, &Editor::number>));
    }
};

namespace {

using namespace relations_shared_columns;
using mica::Ref;

using Row = std::tuple<std::optional<std::int64_t>, std::optional<std::int64_t>, std::optional<std::int64_t>>;

class RelationsSharedColumns : public testing::Test {
protected:
    RelationsSharedColumns() {
        engine.create_all<Tenant, Author, Editor, Book>();
        for (std::int64_t tenant = 1; tenant <= 2; ++tenant) {
            session.add(Tenant{.id = tenant, .name = std::to_string(tenant)});
            for (std::int64_t number = 5; number <= 6; ++number) {
                session.add(Author{.tenant_id = tenant, .number = number});
                session.add(Editor{.tenant_id = tenant, .number = number});
            }
        }
        session.commit();
    }

    Ref<Book> whole_book() {
        const Ref<Book> book = session.add(Book{});
        book->author = session.get<Author>(1, 5);
        book->editor = session.get<Editor>(1, 6);
        book->tenant = session.get<Tenant>(1);
        session.commit();
        return book;
    }
    Row row() { return session.execute<Row>("SELECT tenant_id, author_number, editor_number FROM book").one(); }

    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
};

TEST_F(RelationsSharedColumns, a_row_that_is_parted_from_one_parent_keeps_the_others) {
    const Ref<Book> book = whole_book();
    book->editor.reset();
    session.commit();
    EXPECT_EQ(row(), (Row{1, 5, std::nullopt}));
    EXPECT_EQ(book->author.get(), session.get<Author>(1, 5));
    EXPECT_EQ(book->tenant.get(), session.get<Tenant>(1));
}

TEST_F(RelationsSharedColumns, a_row_that_leaves_a_collection_keeps_its_other_parents) {
    const Ref<Book> book = whole_book();
    const Ref<Editor> editor = session.get<Editor>(1, 6);
    session.load<&Editor::books>(editor);
    editor->books.remove(book);
    session.commit();
    EXPECT_EQ(row(), (Row{1, 5, std::nullopt}));
    EXPECT_EQ(book->author.get(), session.get<Author>(1, 5));
}

TEST_F(RelationsSharedColumns, one_parent_may_go_while_another_one_comes) {
    const Ref<Book> book = whole_book();
    book->author = session.get<Author>(1, 6);
    book->editor.reset();
    session.commit();
    EXPECT_EQ(row(), (Row{1, 6, std::nullopt}));
}

TEST_F(RelationsSharedColumns, a_column_that_only_keys_with_others_have_is_what_parts_a_row) {
    const Ref<Book> book = whole_book();
    book->tenant.reset();
    session.commit();
    EXPECT_EQ(row(), (Row{std::nullopt, 5, 6}));
}

TEST_F(RelationsSharedColumns, parents_with_different_values_of_it_are_refused) {
    const Ref<Book> book = session.add(Book{});
    book->author = session.get<Author>(1, 5);
    book->editor = session.get<Editor>(2, 6);
    EXPECT_THROW(session.flush(), mica::ProgrammingError);
    EXPECT_EQ(book->tenant_id, std::nullopt);
    book->editor = session.get<Editor>(1, 6);
    session.commit();
    EXPECT_EQ(row(), (Row{1, 5, 6}));
}

TEST_F(RelationsSharedColumns, parents_whose_values_only_the_database_will_choose_are_refused_too) {
    const Ref<Book> book = session.add(Book{});
    book->author = session.add(Author{.number = 1, .tenant = session.add(Tenant{.name = "third"})});
    book->editor = session.add(Editor{.number = 1, .tenant = session.add(Tenant{.name = "fourth"})});
    EXPECT_THROW(session.flush(), mica::ProgrammingError);
    EXPECT_EQ(book->author->tenant_id, 0);
    book->editor->tenant = book->author->tenant.get();
    session.commit();
    EXPECT_EQ(row(), (Row{book->author->tenant->id, 1, 1}));
}

TEST_F(RelationsSharedColumns, a_flush_that_plans_refuses_such_parents) {
    std::swap(session.get<Tenant>(1)->name, session.get<Tenant>(2)->name);
    const Ref<Book> book = session.add(Book{});
    book->author = session.add(Author{.number = 1, .tenant = session.add(Tenant{.name = "third"})});
    book->editor = session.add(Editor{.number = 1, .tenant = session.add(Tenant{.name = "fourth"})});
    EXPECT_THROW(static_cast<void>(session.plan()), mica::ProgrammingError);
    EXPECT_THROW(session.flush(), mica::ProgrammingError);
    book->editor->tenant = book->author->tenant.get();
    session.commit();
    EXPECT_EQ(row(), (Row{book->author->tenant->id, 1, 1}));
    EXPECT_EQ(session.get<Tenant>(1)->name, "2");
}

TEST_F(RelationsSharedColumns, a_parent_by_which_another_key_would_name_another_row_is_refused) {
    const Ref<Book> book = whole_book();
    book->author = session.get<Author>(2, 5);
    EXPECT_THROW(session.flush(), mica::ProgrammingError);
    EXPECT_EQ(book->tenant_id, 1);
    book->author = session.get<Author>(1, 6);
    session.commit();
    EXPECT_EQ(row(), (Row{1, 6, 6}));
}

TEST_F(RelationsSharedColumns, so_is_one_of_a_key_that_is_a_part_of_others) {
    const Ref<Book> book = whole_book();
    const Ref<Tenant> tenant = session.get<Tenant>(2);
    book->tenant = tenant;
    EXPECT_THROW(session.flush(), mica::ProgrammingError);
    EXPECT_EQ(book->tenant_id, 1);
    session.rollback();
    EXPECT_EQ(row(), (Row{1, 5, 6}));
    EXPECT_EQ(book->tenant->id, 1);
}

TEST_F(RelationsSharedColumns, a_key_of_shared_columns_alone_follows) {
    const Ref<Book> book = whole_book();
    book->editor.reset();
    session.commit();
    book->author = session.get<Author>(2, 5);
    session.commit();
    EXPECT_EQ(row(), (Row{2, 5, std::nullopt}));
    EXPECT_EQ(book->tenant.get(), session.get<Tenant>(2));
}

TEST_F(RelationsSharedColumns, parents_that_are_all_changed_may_change_what_they_share) {
    const Ref<Book> book = whole_book();
    book->author = session.get<Author>(2, 5);
    book->editor = session.get<Editor>(2, 5);
    session.commit();
    EXPECT_EQ(row(), (Row{2, 5, 5}));
    EXPECT_EQ(book->tenant.get(), session.get<Tenant>(2));
}

TEST_F(RelationsSharedColumns, a_field_says_that_the_other_key_is_to_change_too) {
    const Ref<Book> book = whole_book();
    book->author = session.get<Author>(2, 5);
    book->editor_number = 5;
    session.commit();
    EXPECT_EQ(row(), (Row{2, 5, 5}));
}

TEST_F(RelationsSharedColumns, a_row_may_move_with_the_parent_that_another_key_names) {
    const Ref<Tenant> third = session.add(Tenant{.name = "third"});
    const Ref<Author> author = session.get<Author>(1, 5);
    const Ref<Book> book = session.add(Book{});
    book->author = author;
    session.commit();
    author->tenant = third;
    book->tenant = third;
    session.commit();
    EXPECT_EQ(row(), (Row{third->id, 5, std::nullopt}));
    EXPECT_EQ(book->author.get(), author);
}

}  // namespace
}  // namespace relations_shared_columns
