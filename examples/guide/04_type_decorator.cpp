// SPDX-License-Identifier: BSL-1.0
// TypeDecorator: process_bind_param and process_result_value are encode and decode of a codec.
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>

using mica::col;

/// An amount of cents, which is shown with two digits.
struct Money {
    std::int64_t cents = 0;
    friend bool operator==(const Money&, const Money&) = default;
};

template <>
struct mica::Codec<Money> {
    using Storage = std::int64_t;  // impl = Integer
    static std::int64_t encode(Money money) { return money.cents; }
    static Money decode(std::int64_t stored) { return {stored}; }
};

/// A text that is the same in any case.
struct LowerCase {
    std::string text;
};

template <>
struct mica::Codec<LowerCase> {
    using Storage = std::string;
    static std::string encode(const LowerCase& given) {
        std::string lower = given.text;
        for (char& letter : lower) {
            if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
        }
        return lower;
    }
    static LowerCase decode(std::string_view stored) { return {std::string{stored}}; }
};

struct Item {
    std::int64_t id = 0;
    LowerCase code;
    Money price;
};

void check(bool holds, const char* what) {
    std::printf("%s %s\n", holds ? "yes:" : "NO:", what);
    if (!holds) throw std::logic_error(what);
}

int main() {
    const mica::Engine engine{"sqlite://"};
    engine.create_all<Item>();
    const auto connection = engine.connect();
    connection.insert(Item{.code = {"Lamp-A"}, .price = {19'90}});

    const auto lamp = connection.one(mica::select<Item>().where(col<&Item::code> == LowerCase{"LAMP-a"}));
    check(lamp.code.text == "lamp-a", "written as it is compared");
    check(connection.scalar(mica::select(col<&Item::price>)) == Money{19'90}, "read as its own type");
    check(connection.execute<int>("SELECT price FROM Item").one() == 1990, "an INTEGER in the file");
    connection.execute(mica::update<Item>().set(col<&Item::price> = Money{5'00}).all_rows());
    check(connection.all(mica::select<Item>().where(col<&Item::price> < Money{10'00})).size() == 1,
          "in every position");
}
