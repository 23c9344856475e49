// SPDX-License-Identifier: BSL-1.0
// A declarative class is a struct; what stands in its columns and __table_args__ stands in mapping().
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>

using mica::col;

struct User {
    std::int64_t id = 0;  // a field named id is the primary key; 0 lets the database choose
    std::string name;
    std::optional<std::string> fullname{};  // what may be NULL is optional, all else is NOT NULL
};

struct Address {
    std::int64_t id = 0;
    std::string email;
    std::int64_t user_id = 0;
    bool is_primary = false;
    static constexpr auto mapping() {
        return mica::table("address", mica::foreign_key<&Address::user_id, &User::id>.on_delete(mica::cascade),
                           mica::unique<&Address::email>, mica::index<&Address::user_id>,
                           mica::index<&Address::user_id>.name("one_primary").unique().where(col<&Address::is_primary>),
                           mica::check(col<&Address::email>.contains("@")));
    }
};

/// A table WITHOUT ROWID, whose key is a text.
struct Setting {
    std::string key;
    std::string value;
    static constexpr auto mapping() {
        return mica::table("setting", mica::primary_key<&Setting::key>, mica::without_rowid);
    }
};

using Model = mica::Schema<User, Address, Setting>;

int main() {
    const mica::Engine engine{"sqlite://"};
    engine.create_all<Model>();  // Base.metadata.create_all(engine): what is there stays as it is
    std::printf("%s\n", std::string{mica::ddl<Address>}.c_str());  // a constant of the program

    const auto connection = engine.connect();
    connection.insert(User{.name = "spongebob"});
    connection.insert(Address{.email = "bob@sqlalchemy.org", .user_id = 1, .is_primary = true});
    try {
        connection.insert(Address{.email = "second@sqlalchemy.org", .user_id = 1, .is_primary = true});
        throw std::logic_error("two primary addresses");
    } catch (const mica::IntegrityError& error) {
        std::printf("%s\n", error.what());  // by the index with a condition
    }
    engine.drop_all<Model>();  // children first
}
