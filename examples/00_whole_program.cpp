// SPDX-License-Identifier: BSL-1.0
// The program that README.md begins with.
#include <mica/mica.hpp>

#include <iostream>

struct Sportscar {
    std::int64_t id = 0;  // a field named id is the primary key; 0 lets the database choose
    std::string make{};
    std::string model{};
    int year = 0;
    std::optional<int> horsepower{};  // may be NULL; everything else is NOT NULL
};

using mica::col;

int main() {
    mica::Engine engine{"sqlite:///cars.db"};
    engine.create_all<Sportscar>();

    mica::Session session{engine};  // nothing is opened yet; its end rolls back what is not committed
    mica::Ref<Sportscar> ferrari = session.add(Sportscar{.make = "Ferrari", .model = "F8 Tributo", .horsepower = 710});
    session.add(Sportscar{.make = "Lotus", .model = "Emira", .year = 2022, .horsepower = 400});
    session.commit();  // INSERT, INSERT, COMMIT; ferrari->id is set now

    ferrari->year = 2020;  // a plain write; the next flush finds it and writes this column only
    session.commit();

    const auto strong = session.query<Sportscar>().where(col<&Sportscar::horsepower> > 500);
    for (auto& car : strong.order_by(col<&Sportscar::year>.desc())) {
        std::cout << car->make << ' ' << car->model << ' ' << car->year << '\n';
    }
}
