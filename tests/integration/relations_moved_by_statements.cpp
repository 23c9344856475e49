// SPDX-License-Identifier: BSL-1.0
// What would go along with a removed object stays where a statement has given it to another one meanwhile.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace integration_relations_moved_by_statements {

using namespace mica;

struct Line;
struct Part;
struct Tag;
struct Labelled;

struct Order {
    std::int64_t id = 0;
    HasMany<Line, owned> lines{};
    ManyToMany<Tag, Labelled> tags{};

    static constexpr auto mapping() { return table("orders"); }
};

struct Line {
    std::int64_t id = 0;
    std::int64_t order_id = 0;
    int amount = 0;
    std::int64_t order_seen = 0;
    HasMany<Part, owned> parts{};

    static constexpr auto mapping() {
        return table("line", ignore<&Line::order_seen>, foreign_key<&Line::order_id, &Order::id>);
    }
    void after_load() { order_seen = order_id; }
};

struct Part {
    std::int64_t id = 0;
    std::int64_t line_id = 0;

    static constexpr auto mapping() { return table("part", foreign_key<&Part::line_id, &Line::id>.on_delete(cascade)); }
};

struct Tag {
    std::int64_t id = 0;
};

struct Labelled {
    std::int64_t id = 0;
    std::int64_t order_id = 0;
    std::int64_t tag_id = 0;

    static constexpr auto mapping() {
        return table("labelled", foreign_key<&Labelled::order_id, &Order::id>,
                     foreign_key<&Labelled::tag_id, &Tag::id>);
    }
};

struct RelationsMovedByStatements : testing::Test {
    Engine engine{"sqlite://"};
    Session session = (engine.create_all<Order, Line, Part, Tag, Labelled>(), Session{engine});
    Ref<Order> a = session.add(Order{});
    Ref<Order> b = session.add(Order{});
    Ref<Line> line = session.add(Line{});
    Ref<Part> part = session.add(Part{});
    Ref<Tag> tag = session.add(Tag{});

    RelationsMovedByStatements() {
        a->lines.add(line);
        line->parts.add(part);
        a->tags.add(tag);
        session.commit();
    }

    void move_line() { session.query<Line>().where(col<&Line::id> == line->id).update(col<&Line::order_id> = b->id); }
    std::string rows(const char* sql) {
        std::string text;
        for (const std::string& each : session.execute<std::string>(sql).all()) text += each + " ";
        return text;
    }
    std::string lines() { return rows("SELECT order_id || ':' || amount FROM line ORDER BY id"); }
};

TEST_F(RelationsMovedByStatements, an_owned_object_stays_when_its_former_owner_goes) {
    move_line();
    session.remove(a);
    session.commit();
    EXPECT_EQ(lines(), "2:0 ");
    EXPECT_EQ(line->order_id, 2);
    EXPECT_TRUE(session.get<Line>(line->id) == line);
}

TEST_F(RelationsMovedByStatements, one_that_is_changed_too_stays_and_is_written) {
    line->amount = 7;
    {
        const auto pause = session.no_autoflush();
        move_line();
    }
    session.remove(a);
    session.commit();
    EXPECT_EQ(lines(), "2:7 ");
}

TEST_F(RelationsMovedByStatements, one_that_is_taken_out_of_its_former_collection_stays) {
    move_line();
    a->lines.remove(line);
    session.commit();
    EXPECT_EQ(lines(), "2:0 ");
    EXPECT_EQ(b->lines.size(), 1U);
}

TEST_F(RelationsMovedByStatements, what_an_owned_object_owns_stays_with_another) {
    const auto other = session.add(Line{.order_id = b->id});
    session.flush();
    session.query<Part>().where(col<&Part::line_id> == line->id).update(col<&Part::line_id> = other->id);
    session.remove(a);
    session.commit();
    EXPECT_EQ(rows("SELECT line_id || '' FROM part"), "2 ");
    EXPECT_EQ(lines(), "2:0 ");
}

TEST_F(RelationsMovedByStatements, a_row_of_an_association_stays_with_another) {
    session.query<Labelled>().update(col<&Labelled::order_id> = b->id);
    session.remove(a);
    session.commit();
    EXPECT_EQ(rows("SELECT order_id || ':' || tag_id FROM labelled"), "2:1 ");
    EXPECT_EQ(b->tags.size(), 1U);
}

TEST_F(RelationsMovedByStatements, an_owned_object_whose_row_is_gone_is_no_obstacle) {
    session.query<Line>().where(col<&Line::id> == line->id).remove();
    session.remove(a);
    EXPECT_NO_THROW(session.commit());
    EXPECT_EQ(lines(), "");
}

TEST_F(RelationsMovedByStatements, one_that_a_statement_has_changed_but_not_moved_goes) {
    session.query<Line>().update(col<&Line::amount> = 3);
    session.remove(a);
    session.commit();
    EXPECT_EQ(lines(), "");
}

TEST_F(RelationsMovedByStatements, the_hook_of_one_that_stays_runs_when_the_program_reads_it) {
    move_line();
    session.remove(a);
    session.commit();
    EXPECT_EQ(session.get<Line>(line->id)->order_seen, 2);
}

TEST_F(RelationsMovedByStatements, one_whose_row_it_cannot_hold_keeps_its_values_and_the_flush_says_so) {
    session.execute("UPDATE line SET order_id = 2, amount = 1 << 40");
    session.remove(a);
    EXPECT_THROW(session.flush(), DataError);
    EXPECT_EQ(line->order_id, 1);
    EXPECT_FALSE(session.is_modified(line));
    session.rollback();
    EXPECT_EQ(lines(), "1:0 ");
}

TEST_F(RelationsMovedByStatements, a_rollback_gives_everything_back) {
    move_line();
    session.remove(a);
    session.flush();
    session.rollback();
    EXPECT_EQ(lines(), "1:0 ");
    EXPECT_EQ(a->lines.size(), 1U);
    EXPECT_EQ(line->order_id, 1);
}

}  // namespace integration_relations_moved_by_statements
