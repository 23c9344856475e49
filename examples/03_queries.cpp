// SPDX-License-Identifier: BSL-1.0
// Typed queries: their text is a compile-time constant, their values are always bound.
#include <mica/mica.hpp>

#include <cstdio>

using mica::col;
using mica::select;

struct Car {
    std::int64_t id = 0;
    std::string make;
    std::string model;
    int year = 0;
    std::optional<double> price{};
};

struct Offer {
    std::string model;
    std::optional<double> price{};
};

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Car>();
    auto connection = engine.connect();
    connection.execute(mica::insert_into<Car>().values(
        std::vector<Car>{{.make = "Porsche", .model = "911 GT3", .year = 2021, .price = 161100},
                         {.make = "Porsche", .model = "Cayman", .year = 2018},
                         {.make = "Lotus", .model = "Emira", .year = 2022, .price = 96100}}));

    const auto recent = select<Car>()
                            .where(col<&Car::year> >= 2020 && col<&Car::make>.starts_with("P"))
                            .order_by(col<&Car::year>.desc())
                            .limit(10);
    static_assert(recent.sql().starts_with("SELECT"));
    for (const Car& car : connection.all(recent)) std::printf("%s %s\n", car.make.c_str(), car.model.c_str());

    const auto offers = select(col<&Car::model>, col<&Car::price>)
                            .where(col<&Car::price>.is_not_null() && !col<&Car::make>.in({"Ferrari", "McLaren"}))
                            .into<Offer>();
    for (const Offer& offer : connection.execute(offers)) std::printf("%s %.0f\n", offer.model.c_str(), *offer.price);

    const auto changed = connection.execute(
        mica::update<Car>().set(col<&Car::price> = col<&Car::price> * 0.9).where(col<&Car::year> < 2022));
    const auto removed = connection.execute(mica::delete_from<Car>().where(col<&Car::price> == std::nullopt));
    std::printf("%lld cheaper, %lld gone\n", static_cast<long long>(changed.rows_affected()),
                static_cast<long long>(removed.rows_affected()));

    // Whole objects, one or any range of them.
    std::vector<Car> cars{{.make = "Alpine", .model = "A110"}, {.make = "Lotus", .model = "Evija"}};
    connection.insert(cars);  // all or none; the keys that the database chose are in the objects now
    for (Car& car : cars) car.year = 2023;
    connection.update(cars);
    const std::vector<std::optional<Car>> found = connection.get_many<Car>({cars[1].id, 99});  // one SELECT
    if (found[0] && !found[1]) connection.remove(cars);

    // Where SQL text is wanted, rows are typed all the same.
    for (const auto& [make, count] : connection.execute<std::tuple<std::string, int>>(
             "SELECT make, count(*) FROM Car WHERE year > ? GROUP BY make ORDER BY make", 2000)) {
        std::printf("%s: %d\n", make.c_str(), count);
    }
}
