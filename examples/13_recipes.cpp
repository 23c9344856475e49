// SPDX-License-Identifier: BSL-1.0
// What programs need again and again. docs/recipes.md explains it.
#include <mica/mica.hpp>

#include <chrono>
#include <cstdio>
#include <istream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using mica::col;
using mica::select;

void check(bool holds, const std::string& what) {
    if (!holds) throw std::logic_error(what);
}

/// Cents: binary fractions cannot hold them.
struct Money {
    std::int64_t cents = 0;
    friend bool operator==(const Money&, const Money&) = default;
};

template <>
struct mica::Codec<Money> {
    using Storage = std::int64_t;
    static constexpr bool is_additive = true;
    static std::int64_t encode(const Money& money) { return money.cents; }
    static Money decode(std::int64_t stored) { return {stored}; }
};

struct Item;

struct Shelf {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Item> items{};

    static constexpr auto mapping();
};

struct Item {
    std::int64_t id = 0;
    std::string name;
    Money price{};
    int stock = 0;
    std::int64_t shelf_id = 0;
    std::optional<std::chrono::sys_seconds> removed{};  // NULL: it is there
    std::int64_t revision = 0;

    static constexpr auto mapping() {
        return mica::table("item", mica::foreign_key<&Item::shelf_id, &Shelf::id>, mica::version<&Item::revision>,
                           mica::index<&Item::name>.unique().where(col<&Item::removed>.is_null()));
    }
};

constexpr auto is_there = col<&Item::removed>.is_null();

constexpr auto Shelf::mapping() { return mica::table("shelf", mica::relation<&Shelf::items>.where(is_there)); }

using Shop = mica::Schema<Shelf, Item>;

// Bulk import: all lines or none.
std::int64_t import(const mica::Connection& connection, std::istream& lines, std::int64_t shelf_id) {
    auto transaction = connection.begin();
    std::vector<Item> block;
    std::int64_t count = 0;
    const auto write = [&] {
        count += connection.insert(block);
        block.clear();
    };
    for (std::string name; std::getline(lines, name);) {
        block.push_back(Item{.name = name, .stock = 1, .shelf_id = shelf_id});
        if (block.size() == 1000) write();
    }
    write();
    transaction.commit();
    return count;
}

/// The names that were refused; all others are in.
std::vector<std::string> import_what_fits(const mica::Connection& connection, std::vector<Item> items) {
    auto transaction = connection.begin();
    std::vector<std::string> refused;
    for (Item& item : items) {
        try {
            connection.insert(item);
        } catch (const mica::IntegrityError&) {  // this row is not there; the transaction is as it was
            refused.push_back(item.name);
        }
    }
    transaction.commit();
    return refused;
}

// A page with its total.
struct Page {
    std::vector<mica::Ref<Item>> items;
    std::int64_t total = 0;
};

Page page_of(mica::Session& session, std::int64_t number, std::int64_t size) {
    const auto items = session.query<Item>().where(is_there);
    const std::int64_t total = items.count();  // before limit(), which count() obeys
    return {items.order_by(col<&Item::name>, col<&Item::id>).limit(size).offset(number * size).all(), total};
}

// A search screen whose fields may be empty.
struct Search {
    std::string text{};
    std::optional<Money> at_most{};
    std::optional<std::int64_t> shelf_id{};
    bool only_in_stock = false;
    bool dearest_first = false;
};

mica::Filter<Item> filter_of(const Search& search) {
    mica::Filter<Item> filter = is_there;
    if (!search.text.empty()) filter &= col<&Item::name>.contains(search.text);
    if (search.at_most) filter &= col<&Item::price> <= *search.at_most;
    if (search.shelf_id) filter &= col<&Item::shelf_id> == *search.shelf_id;
    if (search.only_in_stock) filter &= col<&Item::stock> > 0;
    return filter;
}

mica::Order<Item> order_of(const Search& search) {
    mica::Order<Item> order;
    if (search.dearest_first) order.then(col<&Item::price>.desc());
    order.then(col<&Item::name>);
    order.then(col<&Item::id>);
    return order;
}

std::vector<mica::Ref<Item>> found_by(mica::Session& session, const Search& search) {
    return session.query<Item>().where(filter_of(search)).order_by(order_of(search)).limit(100).all();
}

std::vector<mica::Ref<Item>> cheap(mica::Session& session, std::optional<Money> at_most, bool dearest_first) {
    return session.query<Item>()
        .where(is_there)
        .where_if(at_most, [](Money most) { return col<&Item::price> <= most; })
        .order_by(col<&Item::price>.asc(!dearest_first), col<&Item::id>)
        .all();
}

// Soft delete.
void remove_softly(const mica::Ref<Item>& item, std::chrono::sys_seconds now) { item->removed = now; }

void soft_delete(mica::Session& session) {
    const std::chrono::sys_seconds now = std::chrono::sys_days{std::chrono::year{2024} / 5 / 17};
    remove_softly(session.query<Item>().where(is_there && col<&Item::name> == "lamp").one(), now);
    session.add(Item{.name = "lamp", .price = {2500}, .stock = 1, .shelf_id = 1});  // the name is free again
    session.commit();
    const auto shelf = session.query<Shelf>().with<&Shelf::items>().first();
    for (const mica::Ref<Item>& item : shelf->items) check(!item->removed, "the relation leaves out what is removed");

    session.query<Item>().where(col<&Item::removed> < now - std::chrono::days{30}).remove();  // what nobody misses
    session.commit();
}

// Money.
void money(const mica::Connection& connection) {
    connection.insert(Item{.name = "rug", .price = {19'90}, .stock = 3, .shelf_id = 1});
    const auto value = select(sum(col<&Item::price> * col<&Item::stock>)).where(col<&Item::name> == "rug");
    check(connection.scalar(value) == Money{59'70}, "exact to the cent");
    const auto raised = col<&Item::price> * 1.1 + Money{50};
    check(connection.scalar(select(raised).where(col<&Item::name> == "rug")) == Money{22'39}, "rounded to the cent");
    check(!connection.all(select<Item>().where(col<&Item::price> >= Money{19'90})).empty(), "compared as money");
}

// A session that lives as long as a window.
class ItemWindow {
public:
    ItemWindow(const mica::Engine& engine, std::int64_t id) : session_{engine}, item_{session_.get<Item>(id)} {
        session_.commit();  // gives the write lock back while the user thinks; item_ stays readable
    }

    const Item& shown() const { return *item_; }

    /// False where somebody else was first: then theirs is shown.
    bool save(const std::string& name, int stock) {
        item_->name = name;
        item_->stock = stock;
        try {
            session_.commit();
            return true;
        } catch (const mica::StaleDataError&) {
            session_.refresh(item_, mica::discard);
            session_.commit();
            return false;
        }
    }

    /// Called when the window comes to the front.
    void look_again() {
        if (session_.is_stale(item_)) session_.refresh(item_, mica::discard);
        session_.commit();
    }

private:
    mica::Session session_;
    mica::Ref<Item> item_;
};

// A column that files of older versions lack.
void upgrade(const mica::Engine& engine) {
    constexpr int newest = 2;
    const auto connection = engine.connect();
    auto transaction = connection.begin();
    const int version = connection.execute<int>("PRAGMA user_version").one();
    if (version > newest) throw std::runtime_error("this file is of a later version of the program");
    if (version == 1) connection.execute("ALTER TABLE item ADD COLUMN stock INTEGER NOT NULL DEFAULT 0");
    connection.create_all<Shop>();  // all of a new file; of an older one the tables that it lacks
    connection.execute("PRAGMA user_version = 2");
    transaction.commit();
}

int main() {
    mica::Engine engine{"sqlite://"};
    upgrade(engine);
    upgrade(engine);
    {
        const auto connection = engine.connect();
        Shelf shelf{.name = "new"};
        connection.insert(shelf);
        std::istringstream lines{"lamp\nchair\ntable\nstool\ndesk\n"};
        check(import(connection, lines, shelf.id) == 5, "five lines");
        const auto refused =
            import_what_fits(connection, {{.name = "lamp", .shelf_id = 1}, {.name = "bed", .shelf_id = 1}});
        check(refused == std::vector<std::string>{"lamp"}, "there is a lamp");
        std::vector<Item> known = connection.all(select<Item>().where(col<&Item::name> == "desk"));
        known.push_back(Item{.id = 77, .name = "vase", .shelf_id = 1});
        connection.upsert(known);  // the desk is written anew, the vase is added
        known[1].name = "bowl";
        connection.upsert(known);
        connection.remove(known[1]);
    }
    {
        mica::Session session{engine};
        const Page page = page_of(session, 1, 4);
        check(page.total == 6 && page.items.size() == 2, "the second page of two");
        check(found_by(session, {.text = "a", .only_in_stock = true}).size() == 3, "lamp, chair, table");
        check(found_by(session, {}).size() == 6, "an empty screen finds all");
        check(found_by(session, {.at_most = Money{-1}, .shelf_id = 1, .dearest_first = true}).empty(), "none so cheap");
        check(cheap(session, {}, true).size() == 6 && cheap(session, Money{-1}, false).empty(), "as the screen does");
        soft_delete(session);
        check(session.query<Item>().where(is_there).count() == 6 && session.query<Item>().count() == 7,
              "one is hidden");
    }
    money(engine.connect());

    ItemWindow mine{engine, 2};
    ItemWindow theirs{engine, 2};
    check(theirs.save("armchair", 3), "first");
    check(!mine.save("high chair", 9) && mine.shown().name == "armchair", "second");
    check(mine.save("high chair", 9), "after a look at theirs");
    theirs.look_again();
    check(theirs.shown().stock == 9, "the same for them");

    mica::Engine old{"sqlite://"};
    old.connect().execute(
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price INTEGER NOT NULL, "
        "shelf_id INTEGER NOT NULL, removed TEXT, revision INTEGER NOT NULL) STRICT");
    old.connect().execute("PRAGMA user_version = 1");
    upgrade(old);
    check(old.connect().all(select<Item>()).empty(), "read as any other");
}
