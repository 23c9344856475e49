// SPDX-License-Identifier: BSL-1.0
// Keys, constraints, indexes, embedded value objects, and a struct from somebody else's header.
#include <mica/mica.hpp>

#include <cstdio>

using mica::col;

struct Artist {
    std::int64_t id = 0;
    std::string name;
};

struct Money {
    std::int64_t cents = 0;
    std::string currency;
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year{};
    std::int64_t artist_id = 0;
    Money price{};  // embedded: the columns price_cents and price_currency

    static constexpr auto mapping() {
        return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>.on_delete(mica::cascade),
                           mica::unique<&Album::artist_id, &Album::title>,
                           mica::index<&Album::year>.where(col<&Album::year>.is_not_null()),
                           mica::check(col<&Album::title> != ""));
    }
};

namespace theirs {
struct Rating {
    std::string album;
    std::string critic;
    int stars = 0;
};
}  // namespace theirs

template <>
inline constexpr auto mica::mapping<theirs::Rating> =
    mica::table("rating", mica::primary_key<&theirs::Rating::album, &theirs::Rating::critic>, mica::without_rowid,
                mica::check(col<&theirs::Rating::stars>.between(1, 5)));

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Album, theirs::Rating, Artist>();  // any order: parents are created first

    std::printf("%s;\n%s;\n", mica::ddl<Album>.data(), mica::ddl<theirs::Rating>.data());

    auto connection = engine.connect();
    try {
        connection.execute(mica::insert_into<Album>().values(Album{.title = "Autobahn", .artist_id = 7}));
    } catch (const mica::IntegrityError& error) {
        std::printf("%s\n", error.kind() == mica::ConstraintKind::foreign_key ? "no such artist" : error.what());
    }
}
