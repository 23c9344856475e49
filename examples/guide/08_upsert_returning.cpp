// SPDX-License-Identifier: BSL-1.0
// insert().on_conflict_do_update(), do_nothing, RETURNING, and inserts of many rows.
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

using mica::col;
using mica::excluded;
using mica::insert_into;

struct Stock {
    std::string item;
    std::int64_t count = 0;
    static constexpr auto mapping() { return mica::table("stock", mica::primary_key<&Stock::item>); }
};

void check(bool holds, const char* what) {
    std::printf("%s %s\n", holds ? "yes:" : "NO:", what);
    if (!holds) throw std::logic_error(what);
}

int main() {
    const mica::Engine engine{"sqlite://"};
    engine.create_all<Stock>();
    const auto connection = engine.connect();
    connection.insert({Stock{"lamp", 3}, Stock{"rug", 1}});  // executemany: all of them or none

    connection.execute(insert_into<Stock>()
                           .values(Stock{"lamp", 4})
                           .on_conflict<&Stock::item>()
                           .do_update(col<&Stock::count> = col<&Stock::count> + excluded<&Stock::count>));
    check(connection.get<Stock>("lamp")->count == 7, "added to what was there");
    connection.execute(insert_into<Stock>().values(Stock{"rug", 9}).on_conflict().do_nothing());
    check(connection.get<Stock>("rug")->count == 1, "left alone");
    connection.upsert(Stock{"sofa", 2});  // session.merge() of a row, in one statement
    connection.upsert(Stock{"sofa", 5});
    check(connection.get<Stock>("sofa")->count == 5, "inserted, then updated");

    const auto left = connection.all(mica::update<Stock>()
                                         .set(col<&Stock::count> = col<&Stock::count> - 1)
                                         .where(col<&Stock::count> > 1)
                                         .returning(col<&Stock::item>, col<&Stock::count>));
    check(left.size() == 2, "RETURNING gives typed rows");
    const auto gone = connection.all(mica::delete_from<Stock>().where(col<&Stock::item> == "rug").returning<Stock>());
    check(gone.at(0).count == 1, "or whole objects");
}
