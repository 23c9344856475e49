// SPDX-License-Identifier: BSL-1.0
// Field types that have a header of their own: decimals, UUIDs, JSON documents. The snippets of docs/types.md.
#include <mica/decimal.hpp>
#include <mica/json.hpp>
#include <mica/mica.hpp>
#include <mica/uuid.hpp>

#include <boost/uuid/random_generator.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <vector>

using mica::col;
using mica::select;

namespace {

void check(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "not so: %s\n", what);
    std::abort();
}

// ---- decimals

struct Invoice {
    std::int64_t id = 0;
    std::string customer;
    mica::decimal<2> total;
    std::optional<mica::decimal<4>> rate{};
};

void decimals(const mica::Connection& connection) {
    Invoice invoice{.customer = "Ada", .total = mica::decimal<2>{"12.50"}, .rate = mica::decimal<4>{"0.1975"}};
    connection.insert(invoice);
    connection.insert(Invoice{.customer = "Ada", .total = mica::decimal<2>{"0.10"} * 3});

    const auto sum = connection.one(select(mica::sum(col<&Invoice::total>)).where(col<&Invoice::customer> == "Ada"));
    check(sum->to_string() == "12.80", "added as numbers with two decimals, exactly");
    const auto large = connection.all(select<Invoice>().where(col<&Invoice::total> > mica::decimal<2>{"10"}));
    check(large.size() == 1 && large[0].rate->to_string() == "0.1975", "compared as numbers");

    check(!mica::decimal<2>::parse("1.005"), "nothing is rounded");
    check(mica::decimal<3>{"1.005"}.round<2>() == mica::decimal<2>{"1.01"}, "unless it is said");
}

// ---- UUIDs

struct Account {
    boost::uuids::uuid id{};
    std::string name;
};

struct Device {
    mica::UuidText id;
    std::string name;
    boost::uuids::uuid account_id{};
    static constexpr auto mapping() {
        return mica::table("device", mica::foreign_key<&Device::account_id, &Account::id>,
                           mica::collate<&Device::id>("NOCASE"));
    }
};

void uuids(const mica::Connection& connection) {
    boost::uuids::random_generator next;
    const Account account{.id = next(), .name = "Ada"};
    const Device device{.id = next(), .name = "phone", .account_id = account.id};
    connection.insert(account);
    connection.insert(device);
    check(connection.get<Account>(account.id)->name == "Ada", "a key of 16 bytes");
    check(connection.get<Device>(device.id)->name == "phone", "a key of text");
}

// ---- JSON documents

enum class Mood { calm, wild };

struct Author {
    std::string name;
    std::optional<int> born{};
};

struct Meta {
    Author author;
    std::vector<std::string> tags{};
    std::map<std::string, double> scores{};
    Mood mood = Mood::calm;
};

struct Post {
    std::int64_t id = 0;
    std::string title;
    mica::json<Meta> meta;
    boost::json::value extra{};

    static constexpr auto mapping() {
        return mica::table("post", mica::index_on(col<&Post::meta>.path<&Meta::author, &Author::name>()));
    }
};

void documents(mica::Engine& engine) {
    const auto connection = engine.connect();
    Post post{.title = "Notes", .meta = Meta{.author = {.name = "Ada", .born = 1815}, .tags = {"math", "looms"}}};
    post.meta->scores["first"] = 9.5;
    connection.insert(post);

    const auto stored = connection.execute<std::string>("SELECT meta FROM post").one();
    check(stored == R"({"author":{"name":"Ada","born":1815},"tags":["math","looms"],)"
                    R"("scores":{"first":9.5E0},"mood":"calm"})",
          "the fields' names and the enumerators' names");

    constexpr auto author = col<&Post::meta>.path<&Meta::author, &Author::name>();
    constexpr auto born = col<&Post::meta>.path<&Meta::author, &Author::born>();
    constexpr auto first_tag = col<&Post::meta>.path<&Meta::tags, 0>();
    constexpr auto mood = col<&Post::meta>.path<&Meta::mood>();
    const auto found = connection.all(select<Post>().where(author == "Ada" && born < 1900 && mood == Mood::calm));
    check(found.size() == 1 && found[0].meta->tags[1] == "looms", "each part has its own type");
    check(connection.one(select(first_tag)) == "math", "an element, where there is one");
    const auto whole = connection.one(select(col<&Post::meta>.path<&Meta::author>()));
    check((*whole)->born == 1815, "a part that is an object is a json<Author>");

    connection.execute("UPDATE post SET meta = json_set(meta, '$.author.born', 'long ago')");
    try {
        static_cast<void>(connection.all(select<Post>()));
        check(false, "a text is no year");
    } catch (const mica::DataError& error) {
        std::printf("%s\n", error.what());
    }
}

}  // namespace

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Invoice, Account, Device, Post>();
    decimals(engine.connect());
    uuids(engine.connect());
    documents(engine);
}
