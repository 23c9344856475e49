// SPDX-License-Identifier: BSL-1.0
// Functions, aggregates and orders of text that are the program's own, in SQL. docs/functions.md shows this code.
#include <mica/mica.hpp>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using mica::col;
using mica::select;

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<double> price{};
};

void check(bool holds, const char* what) {
    std::printf("%s %s\n", holds ? "yes:" : "NO:", what);
    if (!holds) throw std::logic_error(what);
}

std::string make_slug(std::string_view title) {
    std::string slug;
    for (const char letter : title) {
        const auto code = static_cast<unsigned char>(letter);
        slug += std::isalnum(code) != 0 ? static_cast<char>(std::tolower(code)) : '-';
    }
    return slug;
}

inline constexpr auto slug = mica::declare_function<"slug", std::string(std::string_view)>;
inline constexpr auto median = mica::declare_aggregate<"median", std::optional<double>(double)>;

struct Median {
    std::vector<double> values{};
    void step(double value) { values.push_back(value); }
    std::optional<double> finish() {
        if (values.empty()) return std::nullopt;
        std::sort(values.begin(), values.end());
        return values[(values.size() - 1) / 2];
    }
};

struct Percentile {
    int percent = 50;
    std::vector<double> values{};
    void step(double value) { values.push_back(value); }
    std::optional<double> finish() {
        if (values.empty()) return std::nullopt;
        std::sort(values.begin(), values.end());
        return values[(values.size() - 1) * static_cast<std::size_t>(percent) / 100];
    }
};

struct MovingSum {
    double sum = 0;
    void step(double value) { sum += value; }
    void inverse(double value) { sum -= value; }
    double value() const { return sum; }
    double finish() const { return sum; }
};

void functions(const mica::Engine& engine) {
    engine.create_function("shout", [](std::string_view text) -> std::string { return std::string{text} + "!"; });
    engine.create_function(slug, make_slug, mica::deterministic);

    const auto connection = engine.connect();
    check(connection.execute<std::string>("SELECT shout('hey')").one() == "hey!", "SQL calls it");
    const auto found = connection.one(select<Album>().where(slug(col<&Album::title>) == "nine-lives"));
    check(found.id == 2, "typed statements know its types");
}

void nulls(const mica::Engine& engine) {
    engine.create_function("with_tax", [](double price) { return price * 1.5; });
    engine.create_function("offer", [](std::optional<double> price) -> std::string {
        if (!price) return "not for sale";
        return "for sale";
    });
    const auto connection = engine.connect();
    const auto prices =
        connection.execute<std::optional<double>>("SELECT with_tax(price) FROM Album ORDER BY id").all();
    check(prices[2] == std::nullopt, "no call for NULL: the result is NULL");
    check(connection.execute<std::string>("SELECT offer(NULL)").one() == "not for sale", "an optional takes NULL");
}

void many_arguments(const mica::Engine& engine) {
    engine.create_function("joined", [](const mica::FunctionArguments& all) -> std::string {
        std::string text;
        for (int i = 0; i < all.size(); ++i) {
            if (!all.is_null(i)) text += all.get<std::string_view>(i);
        }
        return text;
    });
    const auto text = engine.connect().execute<std::string>("SELECT joined('a', NULL, 'b')").one();
    check(text == "ab", "one function for any number of arguments");
}

void aggregates(const mica::Engine& engine) {
    engine.create_aggregate<Median>(median);
    engine.create_aggregate("percentile_100", Percentile{.percent = 100});
    engine.create_aggregate<MovingSum>("moving_sum");

    const auto connection = engine.connect();
    check(connection.one(select(median(col<&Album::price>))) == 12, "the rows without a price are passed over");
    check(connection.execute<double>("SELECT percentile_100(price) FROM Album").one() == 20, "a copy for each group");
    const auto sums =
        connection.execute<double>("SELECT moving_sum(price) OVER (ORDER BY id ROWS 1 PRECEDING) FROM Album").all();
    check(sums == std::vector<double>{12, 32, 20}, "a window that moves");
}

void collations(const mica::Engine& engine) {
    engine.create_collation("by_length", [](std::string_view left, std::string_view right) -> int {
        if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
        return left.compare(right);
    });
    const auto first =
        engine.connect().first(select(col<&Album::title>).order_by(col<&Album::title>.collate<"by_length">()));
    check(first == "Low", "the shortest title first");
}

void exceptions(const mica::Engine& engine) {
    struct TooExpensive {
        double price;
    };
    engine.create_function("affordable", [](double price) -> bool {
        if (price > 15) throw TooExpensive{price};
        return true;
    });
    const auto connection = engine.connect();
    try {
        connection.execute("SELECT affordable(price) FROM Album");
    } catch (const TooExpensive& thrown) {
        check(thrown.price == 20, "what it throws is what the statement throws");
    }
    check(connection.execute<bool>("SELECT affordable(10)").one(), "and the connection goes on");
}

void schema(const mica::Engine& engine) {
    const auto connection = engine.connect();
    try {
        connection.execute("CREATE INDEX by_slug ON Album (slug(title))");
    } catch (const mica::ProgrammingError&) {
        engine.create_function(slug, make_slug, mica::deterministic | mica::innocuous);
    }
    connection.execute("CREATE INDEX by_slug ON Album (slug(title))");
    check(connection.one(select<Album>().where(slug(col<&Album::title>) == "low")).id == 3, "found by its index");
}

int main() {
    const mica::Engine engine{"sqlite://"};
    engine.create_all<Album>();
    engine.write([](mica::Session& session) {
        session.add(Album{.title = "Heroes!", .price = 12});
        session.add(Album{.title = "Nine Lives", .price = 20});
        session.add(Album{.title = "Low"});
    });
    functions(engine);
    nulls(engine);
    many_arguments(engine);
    aggregates(engine);
    collations(engine);
    exceptions(engine);
    schema(engine);
    return 0;
}
