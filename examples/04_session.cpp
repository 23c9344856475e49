// SPDX-License-Identifier: BSL-1.0
// The unit of work: objects go in, plain writes are found, and one transaction carries them.
#include <mica/mica.hpp>

#include <cstdio>

using mica::col;

struct Sportscar {
    std::int64_t id = 0;
    std::string make;
    std::string model;
    int year = 0;
    int horsepower = 0;
};

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Sportscar>();

    mica::Session session{engine};  // nothing is opened yet; its end rolls back what is not committed
    mica::Ref<Sportscar> ferrari =
        session.add(Sportscar{.make = "Ferrari", .model = "F8 Tributo", .year = 2020, .horsepower = 710});
    session.add(Sportscar{.make = "Lotus", .model = "Emira", .year = 2022, .horsepower = 400});
    session.commit();  // INSERT, INSERT, COMMIT; ferrari->id is set now

    ferrari->year = 2021;  // a plain write; the next flush finds it and writes this column only
    session.commit();

    for (auto& car :
         session.query<Sportscar>().where(col<&Sportscar::horsepower> > 300).order_by(col<&Sportscar::year>.desc())) {
        std::printf("%s %s %d\n", car->make.c_str(), car->model.c_str(), car->year);
    }

    const bool same = session.get<Sportscar>(ferrari->id) == ferrari;  // one object for each key, without a statement
    std::printf("the same object: %s\n", same ? "yes" : "no");

    ferrari->horsepower = 1;
    session.remove(ferrari);
    session.rollback();  // the row is still there, and the object is what it was
    std::printf("%d hp, %lld cars\n", ferrari->horsepower, static_cast<long long>(session.query<Sportscar>().count()));
}
