// SPDX-License-Identifier: BSL-1.0
// A grammar of statements: from a number, while compiling, a statement of columns, operators and clauses. Every
// statement that it makes has to be one that SQLite prepares.
#pragma once

#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace grammar {

struct Artist {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::string> country{};
    bool active = false;
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year{};
    double price = 0;
    std::int64_t artist_id = 0;
    static constexpr auto mapping() { return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>); }
};

struct Track {
    std::int64_t id = 0;
    std::string name;
    int length = 0;
    std::optional<double> rating{};
    std::int64_t album_id = 0;
    static constexpr auto mapping() { return mica::table("order by", mica::foreign_key<&Track::album_id, &Album::id>); }
};

using mica::col;

/// Mixes a number, so that neighbouring ones make different choices.
constexpr std::uint32_t mix(std::uint32_t number) {
    number ^= number >> 16;
    number *= 0x7feb352dU;
    number ^= number >> 15;
    number *= 0x846ca68bU;
    return number ^ (number >> 16);
}

/// One of `count` choices, another for each `salt`.
template <std::uint32_t seed, std::uint32_t salt>
constexpr std::uint32_t choice(std::uint32_t count) {
    return mix(seed * 97 + salt) % count;
}

/// The seed of a part.
template <std::uint32_t seed, std::uint32_t salt>
inline constexpr std::uint32_t part = mix(seed + salt * 7919) % 1000003;

/// How many of Album, Artist and Track a statement reads.
template <std::uint32_t seed, int tables>
constexpr auto number_column() {
    constexpr auto which = choice<seed, 1>(tables == 1 ? 4 : tables == 2 ? 5 : 8);
    if constexpr (which == 0) {
        return col<&Album::id>;
    } else if constexpr (which == 1) {
        return col<&Album::year>;
    } else if constexpr (which == 2) {
        return col<&Album::price>;
    } else if constexpr (which == 3) {
        return col<&Album::artist_id>;
    } else if constexpr (which == 4) {
        return col<&Artist::id>;
    } else if constexpr (which == 5) {
        return col<&Track::length>;
    } else if constexpr (which == 6) {
        return col<&Track::rating>;
    } else {
        return col<&Track::album_id>;
    }
}

template <std::uint32_t seed, int tables>
constexpr auto text_column() {
    constexpr auto which = choice<seed, 2>(tables == 1 ? 1 : tables == 2 ? 3 : 4);
    if constexpr (which == 0) {
        return col<&Album::title>;
    } else if constexpr (which == 1) {
        return col<&Artist::name>;
    } else if constexpr (which == 2) {
        return col<&Artist::country>;
    } else {
        return col<&Track::name>;
    }
}

template <std::uint32_t seed, int tables, int depth>
constexpr auto number() {
    constexpr auto which = depth == 0 ? 0 : choice<seed, 3>(9);
    if constexpr (which <= 1) {
        return number_column<part<seed, 1>, tables>();
    } else {
        constexpr auto left = number<part<seed, 2>, tables, depth - 1>();
        constexpr auto right = number<part<seed, 3>, tables, depth - 1>();
        if constexpr (which == 2) {
            return left + right;
        } else if constexpr (which == 3) {
            return left - right * 2;
        } else if constexpr (which == 4) {
            return -left;
        } else if constexpr (which == 5) {
            return 100 / left;
        } else if constexpr (which == 6) {
            return (left + 1) * (right - 1);
        } else if constexpr (which == 7) {
            return left % 7;
        } else {
            return -(left - right);
        }
    }
}

template <std::uint32_t seed, int tables, int depth>
constexpr auto text() {
    if constexpr (depth == 0 || choice<seed, 4>(3) != 0) {
        return text_column<part<seed, 4>, tables>();
    } else {
        return text<part<seed, 5>, tables, depth - 1>() || " / " || text_column<part<seed, 6>, tables>();
    }
}

/// A SELECT of one number that may use the tables around it.
template <std::uint32_t seed>
constexpr auto inner_numbers() {
    constexpr auto which = choice<seed, 5>(3);
    if constexpr (which == 0) {
        return mica::select(col<&Track::length>).where(col<&Track::album_id> == col<&Album::id>);
    } else if constexpr (which == 1) {
        return mica::select(col<&Artist::id>).where(col<&Artist::active> == true).order_by(col<&Artist::name>).limit(3);
    } else {
        return mica::union_all(mica::select(col<&Artist::id>), mica::select(col<&Track::album_id>).limit(2));
    }
}

template <std::uint32_t seed, int tables, int depth>
auto condition() {
    constexpr auto which = choice<seed, 6>(depth == 0 ? 11 : 16);
    constexpr auto value = number<part<seed, 7>, tables, depth>();
    constexpr auto other = number<part<seed, 8>, tables, 0>();
    constexpr auto words = text<part<seed, 9>, tables, depth>();
    if constexpr (which == 0) {
        return value == other;
    } else if constexpr (which == 1) {
        return value < 5;
    } else if constexpr (which == 2) {
        return value.is_null();
    } else if constexpr (which == 3) {
        return words.like("a%");
    } else if constexpr (which == 4) {
        return words.contains("x");
    } else if constexpr (which == 5) {
        return value.between(1, other);
    } else if constexpr (which == 6) {
        return words == "it's";
    } else if constexpr (which == 7) {
        return value.is_distinct_from(other);
    } else if constexpr (which == 8) {
        return words.in({"a", "b"});
    } else if constexpr (which == 9 && tables == 1) {
        return col<&Album::artist_id>.in(inner_numbers<part<seed, 10>>());
    } else if constexpr (which == 9) {
        return value >= 0.5;
    } else if constexpr (which == 10 && tables < 3) {
        return mica::exists(
            mica::select<Track>().where(col<&Track::album_id> == col<&Album::id> && col<&Track::length> > other));
    } else if constexpr (which == 10) {
        return words != words;
    } else {
        auto left = condition<part<seed, 11>, tables, depth - 1>();
        auto right = condition<part<seed, 12>, tables, depth - 1>();
        if constexpr (which == 11 || which == 12) {
            return left && right;
        } else if constexpr (which == 13) {
            return left || right;
        } else if constexpr (which == 14) {
            return !(left || right);
        } else {
            return left == right;
        }
    }
}

template <std::uint32_t seed, int tables, class Query>
auto with_clauses(Query query) {
    auto filtered = [&] {
        if constexpr (choice<seed, 20>(4) == 0) {
            return query;
        } else {
            return query.where(condition<part<seed, 21>, tables, 2>());
        }
    }();
    auto ordered = [&] {
        constexpr auto which = choice<seed, 22>(4);
        if constexpr (which == 0) {
            return filtered;
        } else if constexpr (which == 1) {
            return filtered.order_by(number<part<seed, 23>, tables, 1>().desc(), text_column<part<seed, 24>, tables>());
        } else if constexpr (which == 2) {
            return filtered.order_by(number<part<seed, 23>, tables, 1>().nulls_last());
        } else {
            return filtered.order_by(text<part<seed, 24>, tables, 1>());
        }
    }();
    constexpr auto which = choice<seed, 25>(5);
    if constexpr (which == 0) {
        return ordered.limit(3);
    } else if constexpr (which == 1) {
        return ordered.offset(1);
    } else if constexpr (which == 2) {
        return ordered.distinct().limit(2).offset(1);
    } else {
        return ordered;
    }
}

/// Joins Artist or Artist and Track to Album.
template <std::uint32_t seed, int tables, class Query>
auto with_joins(Query query) {
    if constexpr (tables == 1) {
        return query;
    } else {
        auto joined = [&] {
            constexpr auto which = choice<seed, 30>(3);
            if constexpr (which == 0) {
                return query.template join<Artist>();
            } else if constexpr (which == 1) {
                return query.template left_join<Artist>();
            } else {
                return query.template join<Artist>(col<&Artist::id> == col<&Album::artist_id> &&
                                                   col<&Artist::active> == true);
            }
        }();
        if constexpr (tables == 2) {
            return joined;
        } else if constexpr (choice<seed, 31>(3) == 0) {
            return joined.template left_join<Track>();
        } else if constexpr (choice<seed, 31>(3) == 1) {
            return joined.template cross_join<Track>();
        } else {
            return joined.template join<Track>();
        }
    }
}

/// The statement of a number.
template <std::uint32_t seed>
auto statement() {
    constexpr int tables = 1 + static_cast<int>(choice<seed, 40>(3));
    constexpr auto which = choice<seed, 41>(8);
    if constexpr (which == 0 || which == 1) {
        return with_clauses<seed, tables>(with_joins<seed, tables>(mica::select<Album>()));
    } else if constexpr (which == 2) {
        return with_clauses<seed, 2>(with_joins<seed, 2>(mica::select<Album, Artist>()));
    } else if constexpr (which <= 4) {
        return with_clauses<seed, tables>(with_joins<seed, tables>(
            mica::select(number<part<seed, 42>, tables, 2>(), text<part<seed, 43>, tables, 1>())
                .template from<Album>()));
    } else if constexpr (which == 5) {
        return mica::union_(mica::select(number<part<seed, 44>, 1, 1>(), col<&Album::title>)
                                .where(condition<part<seed, 45>, 1, 1>()),
                            mica::select(number<part<seed, 44>, 1, 1>(), col<&Album::title>).limit(2))
            .order_by(col<&Album::title>.desc())
            .limit(5);
    } else if constexpr (which == 6) {
        return mica::update<Album>()
            .set(col<&Album::price> = 1.5, col<&Album::year> = std::nullopt)
            .where(condition<part<seed, 46>, 1, 2>());
    } else {
        return mica::delete_from<Album>().where(condition<part<seed, 47>, 1, 2>());
    }
}

/// The text of a statement that mica lets run.
template <class Query>
constexpr std::string_view checked_text() {
    static_assert(mica::detail::require_sound<Query>());
    return Query::sql();
}

/// The texts of `count` statements, from the one of `first` on.
template <std::uint32_t first, std::uint32_t... seeds>
constexpr std::array<std::string_view, sizeof...(seeds)> texts(std::integer_sequence<std::uint32_t, seeds...>) {
    return {{checked_text<decltype(statement<first + seeds>())>()...}};
}

/// Prepares them on the tables of the grammar.
template <std::uint32_t first, std::uint32_t count>
void expect_all_prepare() {
    mica::sqlite::Database database{"", {.mode = mica::sqlite::OpenMode::memory}};
    for (const std::string_view ddl : {mica::ddl<Artist>, mica::ddl<Album>, mica::ddl<Track>}) {
        database.execute_script(ddl);
    }
    for (const std::string_view text : texts<first>(std::make_integer_sequence<std::uint32_t, count>{})) {
        try {
            database.prepare(text);
        } catch (const mica::DatabaseError& error) {
            ADD_FAILURE() << error.what();
        }
    }
}

}  // namespace grammar
