// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace integration_attached_schema {

using namespace mica;
using mica::test::caught;

struct Part;
struct Item {
    std::int64_t id = 0;
    std::string name;
    int revision = 0;
    HasMany<Part> parts{};
    static constexpr auto mapping() {
        return table("items", unique<&Item::name>, version<&Item::revision>).schema("aux");
    }
};
struct Part {
    std::int64_t id = 0;
    std::int64_t item_id = 0;
    int weight = 0;
    BelongsTo<Item> item{};
    static constexpr auto mapping() {
        return table("parts", foreign_key<&Part::item_id, &Item::id>.on_delete(cascade),
                     check(col<&Part::weight> >= 0).name("weight"))
            .schema("aux");
    }
};
struct Sale {
    std::int64_t id = 0;
    std::int64_t item = 0;
};
/// A table of the same name in the main database.
struct MainItem {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return table("items"); }
};

/// Of a key that nothing follows, with a table of the children's name in the main database.
struct Shelf {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table("shelves").schema("aux"); }
};
struct Book {
    std::int64_t id = 0;
    std::int64_t shelf_id = 0;
    static constexpr auto mapping() { return table("books", foreign_key<&Book::shelf_id, &Shelf::id>).schema("aux"); }
};
struct MainBook {
    std::int64_t id = 0;
    std::int64_t shelf_id = 0;
    static constexpr auto mapping() { return table("books"); }
};

/// Of databases whose name needs quotes.
struct Box {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return table("box", mica::index<&Box::name>).schema("it's a \"database\""); }
};
struct MainBox {
    std::int64_t id = 0;
    std::int64_t other = 0;
    static constexpr auto mapping() { return table("shelf"); }
};

struct AttachedSchema : testing::Test {
    mica::test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("main.db")};
    Connection connection = engine.connect();
    AttachedSchema() {
        connection.execute("ATTACH ? AS aux", directory.file("aux.db"));
        connection.create_all<Part, Item, Sale, MainItem>();
    }
};

TEST_F(AttachedSchema, has_its_tables_and_indexes) {
    EXPECT_EQ(
        connection.execute<std::string>("SELECT name FROM aux.sqlite_schema WHERE sql NOT NULL ORDER BY name").all(),
        (std::vector<std::string>{"items", "ix_parts_item_id", "parts"}));
    EXPECT_EQ(connection.execute<std::string>("SELECT name FROM main.sqlite_schema ORDER BY name").all(),
              (std::vector<std::string>{"Sale", "items"}));
    EXPECT_NO_THROW((connection.create_all<Part, Item, Sale>()));
}

TEST_F(AttachedSchema, is_written_and_read_by_statements) {
    connection.insert(MainItem{.name = "main"});
    connection.execute(insert_into<Item>().values(Item{.name = "chest"}));
    connection.execute(update<Item>().set(col<&Item::name> = "box").where(col<&Item::name> == "chest"));
    connection.insert(Sale{.item = 1});
    const auto sold = select(col<&Item::name>).join<Sale>(col<&Sale::item> == col<&Item::id>);
    EXPECT_EQ(connection.all(sold), std::vector<std::string>{"box"});
    constexpr auto other = alias<Item, "other">;
    EXPECT_EQ(connection.scalar(select(count()).from(other).where(other.col<&Item::id> == 1)), 1);
    connection.execute(insert_into<Item>().values(Item{.name = "box"}).on_conflict<&Item::name>().do_nothing());
    connection.execute(delete_from<Item>().where(col<&Item::name> == "box"));
    EXPECT_EQ(connection.scalar(select(count()).from<Item>()), 0);
    EXPECT_EQ(connection.scalar(select(col<&MainItem::name>)), "main");
}

TEST_F(AttachedSchema, is_written_and_read_by_objects) {
    Item item{.name = "chest"};
    connection.insert(item);
    item.name = "box";
    EXPECT_EQ(connection.update(item), 1);
    EXPECT_EQ(connection.upsert(item), 1);
    EXPECT_EQ(connection.get<Item>(item.id).value().name, "box");
    EXPECT_TRUE(connection.get_many<Item>({item.id})[0].has_value());
    EXPECT_EQ(connection.remove(item), 1);
}

TEST_F(AttachedSchema, is_a_sessions_as_any_other) {
    Session session{connection};
    const Ref<Item> item = session.add(Item{.name = "chest"});
    item->parts.add(session.add(Part{.weight = 3}));
    session.commit();
    item->name = "box";
    session.commit();
    session.clear();
    const Ref<Item> read = session.query<Item>().with<&Item::parts>().one();
    EXPECT_EQ(read->name, "box");
    EXPECT_EQ(read->parts.size(), 1U);
    session.refresh(read);
    session.add(Part{.item_id = read->id, .weight = -1});
    const auto error = caught<IntegrityError>([&] { session.flush(); });
    EXPECT_EQ(error.constraint(), "weight");
    EXPECT_EQ(error.columns(), std::vector<std::string>{"weight"});
    session.rollback();
    session.remove(session.query<Item>().one());
    session.commit();
    EXPECT_EQ(connection.scalar(select(count()).from<Part>()), 0);
}

TEST_F(AttachedSchema, rows_that_a_session_has_not_read_do_not_change_hands_with_a_key) {
    connection.create_all<Shelf, Book, MainBook>();
    Session session{connection};
    const Ref<Shelf> first = session.add(Shelf{.id = 1});
    const Ref<Shelf> second = session.add(Shelf{.id = 2});
    const Ref<Book> known = session.add(Book{.shelf_id = 2});
    session.commit();
    session.execute("INSERT INTO aux.books VALUES (7, 1)");
    session.commit();
    first->id = 3;
    second->id = 1;
    known->shelf_id = 1;
    EXPECT_THROW(session.commit(), IntegrityError);
    session.rollback();
    EXPECT_EQ(connection.get<Book>(7).value().shelf_id, first->id);
}

TEST_F(AttachedSchema, may_have_a_name_that_needs_quotes) {
    connection.attach(directory.file("box.db"), "it's a \"database\"");
    connection.create_all<Box, MainBox>();
    connection.insert(Box{.id = 4, .name = "red"});
    connection.insert(MainBox{.other = 4});
    EXPECT_EQ(connection.upsert(Box{.id = 4, .name = "blue"}), 1);
    const auto joined =
        connection.all(select(col<&Box::name>).from<MainBox>().join<Box>(col<&Box::id> == col<&MainBox::other>));
    EXPECT_EQ(joined, std::vector<std::string>{"blue"});
    {
        Session session{connection};
        const Ref<Box> box = session.get<Box>(4);
        box->name = "green";
        session.add(Box{.name = "grey"});
        session.commit();
        session.remove(box);
        session.commit();
    }
    EXPECT_EQ(connection.all(select(col<&Box::name>)), std::vector<std::string>{"grey"});
    connection.detach("it's a \"database\"");
    EXPECT_THROW(connection.all(select<Box>()), SchemaMismatch);
}

}  // namespace integration_attached_schema
