// SPDX-License-Identifier: BSL-1.0
// Transactions and savepoints are scopes; errors are typed and leave everything usable.
#include <mica/mica.hpp>

#include <cstdio>

using mica::col;

struct Account {
    std::int64_t id = 0;
    std::string owner;
    std::int64_t balance = 0;

    static constexpr auto mapping() {
        return mica::table("account", mica::unique<&Account::owner>, mica::check(col<&Account::balance> >= 0));
    }
};

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Account>();
    auto connection = engine.connect();
    connection.execute(mica::insert_into<Account>().values(
        std::vector<Account>{{.owner = "ada", .balance = 100}, {.owner = "bob", .balance = 20}}));

    const auto pay = [&](std::int64_t from, std::int64_t to, std::int64_t amount) {
        auto transaction = connection.begin();  // BEGIN IMMEDIATE; rolled back unless committed
        connection.execute(mica::update<Account>()
                               .set(col<&Account::balance> = col<&Account::balance> + amount)
                               .where(col<&Account::id> == to));
        connection.execute(mica::update<Account>()
                               .set(col<&Account::balance> = col<&Account::balance> - amount)
                               .where(col<&Account::id> == from));
        transaction.commit();
    };
    pay(1, 2, 30);
    try {
        pay(1, 2, 1000);
    } catch (const mica::IntegrityError& error) {
        std::printf("refused: %s\n", error.kind() == mica::ConstraintKind::check ? "not enough money" : error.what());
    }

    auto transaction = connection.begin();
    {
        auto savepoint = connection.begin_nested();
        connection.execute(mica::delete_from<Account>().all_rows());
    }  // not committed: only this part is undone
    transaction.commit();

    for (const Account& account : connection.execute(mica::select<Account>())) {
        std::printf("%s %lld\n", account.owner.c_str(), static_cast<long long>(account.balance));
    }
}
