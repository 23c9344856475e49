// SPDX-License-Identifier: BSL-1.0
// The whole way once: an engine, a table, objects in, a query, a change, and a type of one's own.
#include <mica/mica.hpp>

#include <cstdio>
#include <string>
#include <vector>

struct Paint {
    int red = 0;
    int green = 0;
    int blue = 0;
};

template <>
struct mica::Codec<Paint> {
    using Storage = std::int64_t;
    static constexpr std::int64_t encode(const Paint& paint) {
        return paint.red * 65536 + paint.green * 256 + paint.blue;
    }
    static constexpr bool fits(std::int64_t stored) { return stored >= 0 && stored <= 0xFFFFFF; }
    static constexpr Paint decode(std::int64_t stored) noexcept {
        return {static_cast<int>(stored / 65536), static_cast<int>(stored / 256 % 256), static_cast<int>(stored % 256)};
    }
};

struct Sportscar {
    std::int64_t id = 0;
    std::string make;
    std::string model;
    int year = 0;
    int horsepower = 0;
    std::optional<double> price{};
    Paint paint{};

    static constexpr auto mapping() {
        return mica::table("sportscar", mica::unique<&Sportscar::make, &Sportscar::model>,
                           mica::index<&Sportscar::horsepower>, mica::check(mica::col<&Sportscar::year> >= 1886));
    }
};

using mica::col;

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Sportscar>();
    std::printf("%s\n\n", mica::ddl<Sportscar>.data());

    mica::Session session{engine};
    mica::Ref<Sportscar> ferrari = session.add(
        Sportscar{.make = "Ferrari", .model = "F8 Tributo", .year = 2020, .horsepower = 710, .paint = {255, 40, 0}});
    std::vector<Sportscar> garage{
        {.make = "Porsche", .model = "911 GT3", .year = 2021, .horsepower = 502, .price = 161100.0},
        {.make = "McLaren",
         .model = "720S",
         .year = 2017,
         .horsepower = 710,
         .price = 299000.0,
         .paint = {255, 128, 0}},
        {.make = "Lamborghini", .model = "Aventador SVJ", .year = 2018, .horsepower = 759, .price = 517770.0}};
    session.add_all(garage);
    session.commit();
    std::printf("The Ferrari got key %lld.\n", static_cast<long long>(ferrari->id));

    ferrari->price = 276550.0;  // a plain write: the next flush finds it and writes this column only
    session.commit();

    std::printf("Above 700 hp, oldest first:\n");
    for (auto& car :
         session.query<Sportscar>().where(col<&Sportscar::horsepower> > 700).order_by(col<&Sportscar::year>)) {
        std::printf("  %d %-12s %-14s %4d hp  #%02X%02X%02X\n", car->year, car->make.c_str(), car->model.c_str(),
                    car->horsepower, static_cast<unsigned>(car->paint.red), static_cast<unsigned>(car->paint.green),
                    static_cast<unsigned>(car->paint.blue));
    }

    const auto expensive = mica::select(col<&Sportscar::make>, col<&Sportscar::price>)
                               .where(col<&Sportscar::price> > 200000.0 && !col<&Sportscar::make>.like("Mc%"))
                               .order_by(col<&Sportscar::price>.desc());
    static_assert(expensive.sql().starts_with("SELECT"));
    std::printf("\n%s\n", expensive.sql().data());
    for (const auto& [make, price] : session.execute(expensive)) {
        std::printf("  %-12s %9.0f\n", make.c_str(), price.value_or(0));
    }
}
