// SPDX-License-Identifier: BSL-1.0
// What may be thrown while a program runs, and what it tells. docs/run_time_errors.md explains it.
#include <mica/mica.hpp>

#include <cstdio>
#include <stdexcept>
#include <string>

using mica::col;

struct Owner {
    std::int64_t id = 0;
    std::string email;
    static constexpr auto mapping() { return mica::table("owner", mica::unique<&Owner::email>); }
};

struct Pet {
    std::int64_t id = 0;
    std::string name;
    int weight = 0;
    std::int64_t owner_id = 0;
    std::int64_t revision = 0;
    static constexpr auto mapping() {
        return mica::table("pet", mica::foreign_key<&Pet::owner_id, &Owner::id>,
                           mica::check(col<&Pet::weight> > 0).name("weighs_something"), mica::version<&Pet::revision>);
    }
};

void check(bool holds, const std::string& what) {
    if (!holds) throw std::logic_error(what);
}

std::string sentence(const mica::IntegrityError& error) {
    const std::string field = error.columns().empty() ? "value" : error.columns().front();
    switch (error.kind()) {
        case mica::IntegrityError::unique:
        case mica::IntegrityError::primary_key: return "This " + field + " is taken already.";
        case mica::IntegrityError::not_null: return "The " + field + " is missing.";
        case mica::IntegrityError::foreign_key: return "It refers to something that is not there, or is still needed.";
        case mica::IntegrityError::check:
            if (error.constraint() == "weighs_something") return "Nothing weighs nothing.";
            return "This " + field + " is not allowed.";
        case mica::IntegrityError::datatype: return "This " + field + " is of the wrong kind.";
        case mica::IntegrityError::other: break;
    }
    return error.brief() + ".";
}

/// Called inside of a catch block: one sentence for whoever sits at the screen.
std::string sentence_of_current_error() {
    try {
        throw;
    } catch (const mica::IntegrityError& error) {
        return sentence(error);
    } catch (const mica::StaleDataError&) {
        return "Somebody else has changed this meanwhile. Look at it again and repeat your change.";
    } catch (const mica::NoResultFound&) {
        return "There is no such entry.";
    } catch (const mica::DataError&) {
        return "The database holds a value that this program cannot read, or a value is too large.";
    } catch (const mica::OperationalError& error) {
        if (error.is_busy()) return "Another program is writing. Try again in a moment.";
        return error.brief() + ".";  // "There is no space left.", "The database can only be read.", …
    } catch (const mica::SchemaMismatch&) {
        return "This database belongs to another version of the program.";
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());  // a mistake in the program: for its log
        return "Something went wrong. Nothing was saved.";
    }
}

template <class Action>
std::string said_of(Action action) {
    try {
        action();
    } catch (...) {
        return sentence_of_current_error();
    }
    return "Saved.";
}

void what_it_tells(const mica::Connection& connection) {
    connection.insert(Owner{.email = "ada@example.org"});
    try {
        connection.insert(Owner{.email = "ada@example.org"});
    } catch (const mica::IntegrityError& error) {
        check(error.kind() == mica::IntegrityError::unique, "which rule");
        check(error.table() == "owner" && error.columns() == std::vector<std::string>{"email"}, "of which columns");
        check(error.extended_code() == 2067, "SQLITE_CONSTRAINT_UNIQUE");
        check(error.sql().starts_with("INSERT INTO"), "in which statement, without its values");
        check(error.brief() == "There is already one with this email", "and in words for users");
    }
    try {
        connection.insert(Pet{.name = "Rex", .weight = -1, .owner_id = 1});
    } catch (const mica::IntegrityError& error) {
        check(error.constraint() == "weighs_something", "the check's name");
        check(error.columns() == std::vector<std::string>{"weight"}, "what it looks at");
    }
    try {
        connection.execute("SELECT nmae FROM pet");
    } catch (const mica::SchemaMismatch& error) {
        check(error.offset() == 7, "where in the statement");
    }
}

void is_all_as_it_was(mica::Engine& engine) {
    mica::Session session{engine};
    auto pet = session.add(Pet{.name = "Rex", .weight = 0, .owner_id = 1});
    check(said_of([&] { session.commit(); }) == "Nothing weighs nothing.", "refused");
    pet->weight = 30;
    check(said_of([&] { session.commit(); }) == "Saved.", "repaired, and nothing had to be entered again");

    engine.connect().execute("UPDATE pet SET weight = 31, revision = revision + 1");
    pet->weight = 32;
    check(said_of([&] { session.commit(); }).starts_with("Somebody else has changed this"), "a later version is there");
    session.refresh(pet, mica::discard);
    check(pet->weight == 31, "theirs");
}

/// Runs `action` again where another program had the write lock, as long as a user is willing to wait.
template <class Action>
void retry_while_busy(Action action) {
    for (int attempt = 1;; ++attempt) {
        try {
            return action();
        } catch (const mica::OperationalError& error) {
            if (!error.is_busy() || attempt == 3) throw;
        }
    }
}

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Owner, Pet>();
    what_it_tells(engine.connect());
    is_all_as_it_was(engine);

    const auto add_owner = [&] { engine.connect().insert(Owner{.email = "ada@example.org"}); };
    check(said_of(add_owner) == "This email is taken already.", said_of(add_owner));
    const auto add_stray = [&] { engine.connect().insert(Pet{.name = "Stray", .weight = 1, .owner_id = 7}); };
    check(said_of(add_stray).starts_with("It refers to something"), said_of(add_stray));
    const auto find = [&] { check(engine.connect().one(mica::select<Pet>().where(col<&Pet::id> == 99)).id == 99, ""); };
    check(said_of(find) == "There is no such entry.", said_of(find));
    const auto open = [] { mica::Engine{"sqlite:///no/such/folder/pets.db"}.create_all<Pet>(); };
    check(said_of(open) == "The database cannot be opened.", said_of(open));
    int runs = 0;
    retry_while_busy([&] { ++runs; });
    check(runs == 1, "once is enough here");
}
