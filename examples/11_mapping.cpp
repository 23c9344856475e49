// SPDX-License-Identifier: BSL-1.0
// Every option of table(...) with the SQL that it becomes. docs/mapping.md explains it.
#include <mica/mica.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

using mica::col;

void check(bool holds, const char* what) {
    if (!holds) throw std::logic_error(what);
}

struct Size {
    int width = 0;
    int height = 0;
};

struct Product {
    std::int64_t number = 0;
    std::string name;
    std::string code;
    int stock = 0;
    int reserved = 0;
    int available = 0;
    std::string sorted_name{};
    std::optional<std::chrono::sys_seconds> listed{};
    Size size{};
    int revision = 0;
    bool is_selected = false;

    static constexpr auto mapping() {
        return mica::table(
            "product", mica::primary_key<&Product::number>, mica::autoincrement, mica::column<&Product::name>("title"),
            mica::unique<&Product::code>, mica::collate<&Product::code>("NOCASE"),
            mica::check(col<&Product::stock> >= col<&Product::reserved>), mica::default_value<&Product::stock>(0),
            mica::default_expr<&Product::listed>(mica::current_timestamp),
            mica::generated<&Product::available>(col<&Product::stock> - col<&Product::reserved>),
            mica::generated<&Product::sorted_name>(lower(col<&Product::name>)).stored(),
            mica::column<&Product::size>("box"), mica::version<&Product::revision>,
            mica::ignore<&Product::is_selected>);
    }
};

static_assert(mica::ddl<Product> ==
              R"(CREATE TABLE "product" ("number" INTEGER PRIMARY KEY AUTOINCREMENT, "title" TEXT NOT NULL, )"
              R"("code" TEXT NOT NULL COLLATE "NOCASE", "stock" INTEGER NOT NULL DEFAULT (0), )"
              R"("reserved" INTEGER NOT NULL, )"
              R"("available" INTEGER NOT NULL GENERATED ALWAYS AS ("stock" - "reserved") VIRTUAL, )"
              R"("sorted_name" TEXT NOT NULL GENERATED ALWAYS AS (lower("title")) STORED, )"
              R"("listed" TEXT DEFAULT (CURRENT_TIMESTAMP), )"
              R"("box_width" INTEGER NOT NULL, "box_height" INTEGER NOT NULL, "revision" INTEGER NOT NULL, )"
              R"(CONSTRAINT "uq_product_code" UNIQUE ("code"), )"
              R"(CONSTRAINT "ck_product_1" CHECK ("stock" >= "reserved")) STRICT)");

struct Visit {
    std::int64_t id = 0;
    std::string page;
    int duration = 0;
    std::optional<std::string> user{};

    static constexpr auto mapping() {
        return mica::table(
            "visit", mica::index<&Visit::page, &Visit::user>,
            mica::index<&Visit::user>.name("visit_of_user").unique().where(col<&Visit::user>.is_not_null()),
            mica::index_on(lower(col<&Visit::page>), col<&Visit::duration>.desc()));
    }
};

static_assert(mica::ddl<Visit> == R"(CREATE TABLE "visit" ("id" INTEGER PRIMARY KEY, "page" TEXT NOT NULL, )"
                                  R"("duration" INTEGER NOT NULL, "user" TEXT) STRICT;)"
                                  "\n"
                                  R"(CREATE INDEX "ix_visit_page_user" ON "visit" ("page", "user");)"
                                  "\n"
                                  R"(CREATE UNIQUE INDEX "visit_of_user" ON "visit" ("user") WHERE "user" IS NOT NULL;)"
                                  "\n"
                                  R"(CREATE INDEX "ix_visit_1" ON "visit" (lower("page"), "duration" DESC))");

struct Parcel {
    std::int64_t id = 0;
    Size size{};
    static constexpr auto mapping() { return mica::table("parcel", mica::column<&Parcel::size>("")); }
};

static_assert(mica::ddl<Parcel> == R"(CREATE TABLE "parcel" ("id" INTEGER PRIMARY KEY, )"
                                   R"("width" INTEGER NOT NULL, "height" INTEGER NOT NULL) STRICT)");

struct Seat {
    int row = 0;
    int place = 0;
    std::string view;
    static constexpr auto mapping() {
        return mica::table("seat", mica::primary_key<&Seat::row, &Seat::place>, mica::without_rowid, mica::not_strict);
    }
};

struct Ticket {
    std::int64_t id = 0;
    int row = 0;
    int place = 0;
    static constexpr auto mapping() {
        return mica::table(
            "ticket", mica::assigned_key,
            mica::foreign_key_to<Seat>(mica::from<&Ticket::row, &Ticket::place>, mica::to<&Seat::row, &Seat::place>)
                .on_delete(mica::restrict)
                .on_update(mica::cascade));
    }
};

static_assert(mica::ddl<Seat> == R"(CREATE TABLE "seat" ("row" INTEGER NOT NULL, "place" INTEGER NOT NULL, )"
                                 R"("view" TEXT NOT NULL, PRIMARY KEY ("row", "place")) WITHOUT ROWID)");
static_assert(
    mica::ddl<Ticket>.ends_with(R"(CONSTRAINT "fk_ticket_row_place" FOREIGN KEY ("row", "place") )"
                                R"(REFERENCES "seat" ("row", "place") ON DELETE RESTRICT ON UPDATE CASCADE) STRICT;)"
                                "\n"
                                R"(CREATE INDEX "ix_ticket_row_place" ON "ticket" ("row", "place"))"));

struct Team;

struct Player {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::int64_t> team_id{};
    mica::BelongsTo<Team> team{};
    static constexpr auto mapping();
};

struct Team {
    std::int64_t id = 0;
    std::string name;
    std::int64_t captain_id = 0;
    mica::BelongsTo<Player> captain{};
    static constexpr auto mapping();
};

constexpr auto Player::mapping() { return mica::table("player", mica::foreign_key<&Player::team_id, &Team::id>); }
constexpr auto Team::mapping() { return mica::table("team", mica::foreign_key<&Team::captain_id, &Player::id>); }

using League = mica::Schema<Team, Player>;

void circle(mica::Engine& engine) {
    engine.create_all<League>();
    mica::Session session{engine};
    const auto player = session.add(Player{.name = "Ada"});
    const auto team = session.add(Team{.name = "Analysts"});
    team->captain = player;
    player->team = team;
    session.commit();  // INSERT the player without a team, INSERT the team, UPDATE the player
    check(team->captain_id == player->id && player->team_id == team->id, "each has the other's key");
}

struct Meters {
    double value = 0;
    friend bool operator==(const Meters&, const Meters&) = default;
};

template <>
struct mica::Codec<Meters> {
    using Storage = double;
    static double encode(const Meters& meters) { return meters.value; }
    static Meters decode(double stored) { return {stored}; }
    static bool fits(double stored) { return stored >= 0; }
    static constexpr std::string_view misfit = "that is no length";
};

enum class Suit { clubs, diamonds, hearts, spades };

template <>
struct mica::Codec<Suit> : mica::EnumText<Suit> {};  // every Suit is stored by its name from here on

struct Card {
    std::int64_t id = 0;
    Suit suit{};
    Meters thrown{};
};

static_assert(mica::ddl<Card> == R"(CREATE TABLE "Card" ("id" INTEGER PRIMARY KEY, )"
                                 R"("suit" TEXT NOT NULL, "thrown" REAL NOT NULL) STRICT)");

struct Article {
    std::int64_t rowid = 0;
    std::string title;
    std::string body;
    static constexpr auto mapping() { return mica::table("article", mica::primary_key<&Article::rowid>); }
};

void what_is_there_already(const mica::Connection& connection) {
    connection.execute("CREATE VIRTUAL TABLE article USING fts5(title, body)");
    Article article{.title = "Owls", .body = "They hunt at night."};
    connection.insert(article);
    check(connection.all(mica::select<Article>().where(col<&Article::body>.match("night"))).size() == 1, "full text");
}

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Product, Visit, Seat, Ticket, Card>();
    const auto connection = engine.connect();

    Product product{.name = "Lamp", .code = "L-1", .stock = 5, .reserved = 2};
    connection.insert(product);
    check(product.number == 1 && product.available == 3 && product.sorted_name == "lamp", "it comes back");
    check(product.listed.has_value(), "a field that holds nothing leaves its column to the default, which comes back");

    connection.execute(mica::insert_into<Product>().values(
        col<&Product::name> = "Table", col<&Product::code> = "T-1", col<&Product::reserved> = 0,
        col<&Product::size, &Size::width> = 80, col<&Product::size, &Size::height> = 120, col<&Product::revision> = 0));
    const auto table = connection.one(mica::select<Product>().where(col<&Product::code> == "t-1"));
    check(table.listed.has_value() && table.stock == 0, "what is not written has its default");

    connection.insert(Card{.suit = Suit::hearts, .thrown = {2.5}});
    check(connection.execute<std::string>("SELECT suit FROM Card").one() == "hearts", "by its name");
    check(connection.all(mica::select<Card>().where(col<&Card::thrown> == Meters{2.5})).size() == 1, "by its codec");

    connection.execute("UPDATE Card SET thrown = -1");
    std::string said;
    try {
        connection.all(mica::select<Card>());
    } catch (const mica::DataError& error) {
        said = error.what();
    }
    check(said.find(R"(column "Card"."thrown" of rowid 1 holds REAL that is no length)") != said.npos, said.c_str());
    what_is_there_already(connection);

    mica::Engine league{"sqlite://"};
    circle(league);
}
