// SPDX-License-Identifier: BSL-1.0
// What a program that has used sqlite_orm does with mica: docs/coming_from_sqlite_orm.md.
#include <mica/mica.hpp>

#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

using mica::col;
using mica::select;

void check(bool holds, const char* what) {
    if (!holds) throw std::logic_error(what);
}

enum class Plan { free, paid };

struct User {
    std::int64_t id = 0;
    std::string name;
    Plan plan = Plan::free;  // no type printer, no extractor: an enum is an INTEGER, or a text by EnumText

    static constexpr auto mapping() { return mica::table("users", mica::unique<&User::name>); }
};

struct Visit {
    std::int64_t id = 0;
    std::int64_t user_id = 0;
    std::string page;

    static constexpr auto mapping() {
        return mica::table("visits", mica::foreign_key<&Visit::user_id, &User::id>.on_delete(mica::cascade));
    }
};

using Tables = mica::Schema<User, Visit>;

/// A plain member of a plain class: neither engine nor session is a template.
class Site {
public:
    explicit Site(std::string_view url) : engine_(url) { engine_.create_all<Tables>(); }

    const mica::Engine& engine() const { return engine_; }

private:
    mica::Engine engine_;
};

std::int64_t add(const mica::Connection& connection, std::string name) {
    User user{.name = std::move(name)};
    connection.insert(user);
    return user.id;  // 64 bits; a key that is set before is stored as it is
}

std::vector<User> search(const mica::Connection& connection, std::optional<std::string> name,
                         std::optional<Plan> plan) {
    mica::Filter<User> filter;
    if (name) filter &= col<&User::name>.contains(*name);
    if (plan) filter &= col<&User::plan> == *plan;
    return connection.all(select<User>().where(filter).order_by(col<&User::name>));
}

void join(const mica::Connection& connection) {
    const auto visits =
        select(col<&User::name>, col<&Visit::page>).from<User>().left_join<Visit>().order_by(col<&User::name>);
    static_assert(std::is_same_v<decltype(visits)::Row, std::tuple<std::string, std::optional<std::string>>>);
    for (const auto& [name, page] : connection.execute(visits)) {
        std::printf("%s: %s\n", name.c_str(), page ? page->c_str() : "never came");
    }
}

void count(const mica::Connection& connection) {
    const auto by_user =
        select(col<&Visit::user_id>, mica::count()).group_by(col<&Visit::user_id>).having(mica::count() > 1);
    check(connection.all(by_user).size() == 1, "one user came twice");
    check(connection.scalar(select(mica::count()).from<User>()) == 2, "two users");
}

void change(const mica::Connection& connection) {
    connection.execute(mica::update<User>().set(col<&User::plan> = Plan::paid).where(col<&User::name> == "ada"));
    connection.execute(mica::delete_from<Visit>().where(col<&Visit::page> == "/"));
    const std::optional<User> ada = connection.get<User>(1);
    check(ada && ada->plan == Plan::paid, "what was written");
}

int main() {
    const Site site{"sqlite://"};
    const auto connection = site.engine().connect();
    const std::int64_t ada = add(connection, "ada");
    add(connection, "ben");
    connection.insert(std::vector<Visit>{{0, ada, "/"}, {0, ada, "/news"}});

    check(search(connection, "d", {}).size() == 1, "by name");
    check(search(connection, {}, Plan::free).size() == 2, "by plan");
    join(connection);
    count(connection);
    change(connection);
    check(site.engine().verify<Tables>().empty(), "the tables are those of the structs");
}
