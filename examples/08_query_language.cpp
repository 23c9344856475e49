// SPDX-License-Identifier: BSL-1.0
// The query language from end to end: docs/queries.md explains it piece by piece.
#include <mica/mica.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

using mica::alias;
using mica::case_;
using mica::col;
using mica::count;
using mica::literal;
using mica::select;
using mica::when;
using std::chrono::sys_days;
using std::chrono::year;

enum class Medium { vinyl, compact_disc, stream };

struct Artist {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::string> country{};
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> released{};
    Medium medium = Medium::stream;
    std::int64_t artist_id = 0;

    static constexpr auto mapping() { return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>); }
};

struct Track {
    std::int64_t id = 0;
    std::string title;
    int seconds = 0;
    double price = 0;
    std::int64_t album_id = 0;

    static constexpr auto mapping() { return mica::table("track", mica::foreign_key<&Track::album_id, &Album::id>); }
};

struct Sale {
    std::int64_t id = 0;
    std::int64_t track_id = 0;
    std::string country;
    sys_days day{};
    int copies = 1;

    static constexpr auto mapping() { return mica::table("sale", mica::foreign_key<&Sale::track_id, &Track::id>); }
};

struct Person {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::int64_t> boss_id{};

    static constexpr auto mapping() { return mica::table("person", mica::foreign_key<&Person::boss_id, &Person::id>); }
};

/// A line of somebody's price list, in no table.
struct Offer {
    std::int64_t track_id = 0;
    double price = 0;
};

/// How often each track was sold, kept up to date by upserts.
struct Chart {
    std::int64_t track_id = 0;
    int copies = 0;

    static constexpr auto mapping() {
        return mica::table("chart", mica::primary_key<&Chart::track_id>, mica::assigned_key);
    }
};

struct Listing {
    std::string artist;
    std::string title;
    std::optional<int> released;
};

struct Search {
    std::string title{};
    std::vector<std::string> artists{};
    std::optional<int> longest{};
};

void show(std::string_view what, std::size_t rows) {
    std::printf("%.*s: %zu\n", static_cast<int>(what.size()), what.data(), rows);
}

void fill(mica::Connection& connection) {
    connection.execute(mica::insert_into<Artist>().values(
        std::vector<Artist>{{1, "Amália", "Portugal"}, {2, "Ella", "USA"}, {3, "Unknown", {}}}));
    connection.execute(mica::insert_into<Album>().values(
        std::vector<Album>{{1, "Com que voz", 1970, Medium::vinyl, 1}, {2, "Ella in Berlin", 1960, Medium::vinyl, 2}}));
    connection.execute(mica::insert_into<Track>().values(std::vector<Track>{{1, "Gaivota", 264, 1.29, 1},
                                                                            {2, "Trova", 151, 0.99, 1},
                                                                            {3, "Summertime", 182, 1.29, 2},
                                                                            {4, "Mack the Knife", 280, 1.49, 2}}));
    connection.execute(
        mica::insert_into<Sale>().values(std::vector<Sale>{{1, 1, "Portugal", sys_days{year{2024} / 5 / 1}, 3},
                                                           {2, 3, "USA", sys_days{year{2024} / 5 / 7}, 1},
                                                           {3, 4, "USA", sys_days{year{2025} / 2 / 3}, 2},
                                                           {4, 1, "France", sys_days{year{2025} / 6 / 9}, 1}}));
    connection.execute(mica::insert_into<Person>().values(
        std::vector<Person>{{1, "Ada", {}}, {2, "Bob", 1}, {3, "Cleo", 1}, {4, "Dan", 2}}));
}

void rows_and_their_types(mica::Connection& connection) {
    const auto albums = select<Album>().where(col<&Album::released> < 1970).order_by(col<&Album::title>);
    for (const Album& album : connection.all(albums)) std::printf("%s\n", album.title.c_str());

    const auto pairs = select(col<&Album::title>, col<&Album::released>);
    for (const auto& [title, released] : connection.execute(pairs)) {
        std::printf("%s %d\n", title.c_str(), released.value_or(0));
    }

    static_assert(std::is_same_v<decltype(albums)::Row, Album>);
    static_assert(std::is_same_v<decltype(pairs)::Row, std::tuple<std::string, std::optional<int>>>);
    static_assert(std::is_same_v<decltype(select(col<&Album::title>))::Row, std::string>);

    static_assert(pairs.sql() == R"(SELECT "album"."title", "album"."released" FROM "album")");

    std::size_t letters = 0;
    for (const auto& row : connection.views(albums)) {
        const std::string_view title = row.get<&Album::title>();  // lies in SQLite's memory until the next row
        letters += title.size();
    }
    for (const auto& [title, released] : connection.views(pairs)) {
        if (!released) show(title, letters);
    }
    std::optional<Album> longest;
    connection.views(select<Album>()).for_each([&](const auto& row) {
        if (!longest || row[col<&Album::title>].size() > longest->title.size()) longest = row.copy();
    });

    const auto listing = select(col<&Artist::name>, col<&Album::title>, col<&Album::released>)
                             .join<Album>()
                             .order_by(col<&Album::released>.desc().nulls_last())
                             .into<Listing>();
    const std::vector<Listing> listings = connection.all(listing);
    show("listed", listings.size());

    const std::optional<Album> newest = connection.first(select<Album>().order_by(col<&Album::released>.desc()));
    const Album first = connection.one(select<Album>().where(col<&Album::id> == 1));
    const std::int64_t tracks = connection.scalar(select(count()).from<Track>());
    std::printf("%s, %s, %lld tracks\n", newest ? newest->title.c_str() : "-", first.title.c_str(),
                static_cast<long long>(tracks));
}

void conditions(mica::Connection& connection) {
    const std::set<std::string> titles{"Gaivota", "Trova"};
    const auto songs = select<Track>().where(col<&Track::price> > 1.0 && !(col<&Track::seconds> >= 600) &&
                                             (col<&Track::title>.in(titles) || col<&Track::title>.starts_with("S")));
    show("songs", connection.all(songs).size());

    const auto early =
        select<Album>().where(col<&Album::released>.between(1950, 1965) && col<&Album::medium>.in({Medium::vinyl}));
    const auto undated = select<Album>().where(col<&Album::released> == std::nullopt);
    const auto abroad = select<Artist>().where(col<&Artist::country>.is_distinct_from("USA"));
    const auto page = select<Track>()
                          .where(mica::row(col<&Track::title>, col<&Track::id>) > mica::row("Gaivota", 1))
                          .order_by(col<&Track::title>, col<&Track::id>)
                          .limit(2);
    const auto patterns = select(col<&Track::title>)
                              .where(col<&Track::title>.like("%the%") || col<&Track::title>.glob("T*") ||
                                     col<&Track::title>.contains("100%"))
                              .order_by(col<&Track::title>.collate<"NOCASE">());
    show("early", connection.all(early).size());
    show("undated", connection.all(undated).size());
    show("abroad", connection.all(abroad).size());
    show("page", connection.all(page).size());
    show("patterns", connection.all(patterns).size());
}

void expressions(mica::Connection& connection) {
    const auto length =
        case_(when(col<&Track::seconds> < 180, "short"), when(col<&Track::seconds> < 240, "medium")).otherwise("long");
    const auto minutes = (col<&Track::seconds> / 60).cast<std::string>() || ":" ||
                         substr("0" || (col<&Track::seconds> % 60).cast<std::string>(), -2);
    const auto query =
        select(upper(col<&Track::title>), length.as<"length">(), minutes, literal(1).as<"one">(),
               round(col<&Track::price> * 1.23, 2), mica::func<"printf", std::string>("%5.2f", col<&Track::price>));
    show("expressions", connection.all(query).size());

    const auto document = json_object("title", col<&Album::title>, "released", col<&Album::released>);
    const auto released = select(coalesce(document.json<int>("$.released"), 0)).from<Album>();
    for (const int value : connection.execute(released)) std::printf("%d\n", value);
}

void joins(mica::Connection& connection) {
    const auto sold =
        select(col<&Artist::name>, col<&Track::title>, col<&Sale::country>).join<Album>().join<Track>().join<Sale>();
    show("sold", connection.all(sold).size());

    const auto all_artists = select<Artist, Album>().left_join<Album>();
    static_assert(std::is_same_v<decltype(all_artists)::Row, std::tuple<Artist, std::optional<Album>>>);
    for (const auto& [artist, album] : connection.execute(all_artists)) {
        std::printf("%s: %s\n", artist.name.c_str(), album ? album->title.c_str() : "nothing");
    }

    constexpr auto boss = alias<Person, "boss">;
    const auto reports = select(col<&Person::name>, boss.col<&Person::name>)
                             .left_join(boss, boss.col<&Person::id> == col<&Person::boss_id>);
    static_assert(std::is_same_v<decltype(reports)::Row, std::tuple<std::string, std::optional<std::string>>>);
    show("reports", connection.all(reports).size());
}

void groups(mica::Connection& connection) {
    const auto year_of_sale = strftime("%Y", col<&Sale::day>).as<"year">();
    const auto income = sum(col<&Track::price> * col<&Sale::copies>).as<"income">();
    const auto by_year = select(col<&Sale::country>, year_of_sale, count(), income)
                             .join<Track>()
                             .group_by(col<&Sale::country>, year_of_sale)
                             .having(count() >= 1 && sum(col<&Sale::copies>) > 0)
                             .order_by(income.desc(), col<&Sale::country>);
    for (const auto& [country, sold_in, sales, amount] : connection.execute(by_year)) {
        std::printf("%s %s %lld %.2f\n", country.c_str(), sold_in.value_or("?").c_str(), static_cast<long long>(sales),
                    amount.value_or(0));
    }

    const auto albums = select<Album>().join<Track>().group_by(col<&Album::id>).having(count() > 1);
    const auto figures = select(count().filter(col<&Track::price> < 1.0), count_distinct(col<&Track::price>),
                                group_concat(col<&Track::title>, ", "), total(col<&Track::seconds>));
    show("albums", connection.all(albums).size());
    show("figures", connection.all(figures).size());
}

void subqueries(mica::Connection& connection) {
    const auto unsold = select<Track>().where(!exists(select<Sale>().where(col<&Sale::track_id> == col<&Track::id>)));
    const auto also_unsold = select<Track>().where(col<&Track::id>.not_in(select(col<&Sale::track_id>)));
    const auto dear = select<Track>().where(col<&Track::price> > select(avg(col<&Track::price>)));
    show("unsold", connection.all(unsold).size() + connection.all(also_unsold).size());
    show("dear", connection.all(dear).size());

    const auto tracks = select(count()).from<Track>().where(col<&Track::album_id> == col<&Album::id>);
    const auto sizes = select(col<&Album::title>, tracks).where(tracks > 1).order_by(tracks.scalar_subquery().desc());
    show("sizes", connection.all(sizes).size());

    const auto sums = mica::subquery<"sums">(
        select(col<&Sale::track_id>, sum(col<&Sale::copies>).as<"copies">()).group_by(col<&Sale::track_id>));
    const auto best = select(col<&Track::title>, sums.col<"copies">)
                          .join(sums, sums.col<&Sale::track_id> == col<&Track::id>)
                          .where(sums.col<"copies"> >= 2);
    show("best", connection.all(best).size());
}

void set_operations(mica::Connection& connection) {
    const auto countries = mica::union_(select(col<&Artist::country>), select(col<&Sale::country>))
                               .order_by(col<&Artist::country>.desc())
                               .limit(10);
    const auto by_price = select(col<&Track::title>).order_by(col<&Track::price>, col<&Track::id>);
    const auto ends = mica::union_all(by_price.limit(1), by_price.offset(3));
    show("countries", connection.all(countries).size());
    show("ends", connection.all(ends).size());
}

void common_table_expressions(mica::Connection& connection) {
    const auto sold = mica::cte<"sold">(
        select(col<&Sale::country>, sum(col<&Sale::copies>).as<"copies">()).group_by(col<&Sale::country>));
    const auto above_average = select(sold.col<&Sale::country>)
                                   .from(sold)
                                   .where(sold.col<"copies"> > select(avg(sold.col<"copies">)).from(sold));
    show("above average", connection.all(above_average).size());

    const auto staff = mica::recursive_cte<"staff">(
        select(col<&Person::id>, col<&Person::name>, literal(0).as<"depth">()).where(col<&Person::boss_id>.is_null()),
        [](auto above) {
            return select(col<&Person::id>, col<&Person::name>, above.template col<"depth"> + 1)
                .join(above, col<&Person::boss_id> == above.template col<&Person::id>);
        });
    const auto tree = select(staff.col<&Person::name>, staff.col<"depth">).from(staff).order_by(staff.col<"depth">);
    for (const auto& [name, depth] : connection.execute(tree)) {
        std::printf("%*s%s\n", static_cast<int>(depth) * 2, "", name.c_str());
    }
}

void values_as_a_table(mica::Connection& connection) {
    const std::vector<Offer> offers{{.track_id = 1, .price = 0.5}, {.track_id = 3, .price = 0.8}};
    const auto offer = mica::values<"offer">(offers);
    const auto cheaper = select(col<&Track::title>, offer.col<&Offer::price>)
                             .join(offer, offer.col<&Offer::track_id> == col<&Track::id>)
                             .where(offer.col<"price"> < col<&Track::price>);
    show("cheaper", connection.all(cheaper).size());
    connection.execute(mica::update<Track>()
                           .set(col<&Track::price> = offer.col<"price">)
                           .from(offer)
                           .where(col<&Track::id> == offer.col<"track_id">));

    const auto named = mica::values<"named", "id", "name">({std::tuple{1, "one"}, {2, "two"}});
    const auto names = mica::cte<"names">(named);
    const auto found = select(names.col<"name">).from(names).where(names.col<"id"> > 1);
    show("found", connection.all(found).size());
}

void windows(mica::Connection& connection) {
    const auto running = sum(col<&Sale::copies>)
                             .over(mica::partition_by(col<&Sale::country>), mica::order_by(col<&Sale::day>),
                                   mica::rows_between(mica::unbounded_preceding, mica::current_row));
    const auto before = lag(col<&Sale::copies>).over(mica::order_by(col<&Sale::day>));
    const auto sales = select(col<&Sale::day>, col<&Sale::country>, running, before);
    static_assert(std::is_same_v<decltype(sales)::Row,
                                 std::tuple<sys_days, std::string, std::optional<std::int64_t>, std::optional<int>>>);
    show("sales", connection.all(sales).size());

    const auto ranked = mica::subquery<"ranked">(
        select(col<&Track::album_id>, col<&Track::title>,
               mica::row_number()
                   .over(mica::partition_by(col<&Track::album_id>), mica::order_by(col<&Track::seconds>.desc()))
                   .as<"place">()));
    const auto longest = select(ranked.col<&Track::title>).from(ranked).where(ranked.col<"place"> <= 1);
    show("longest", connection.all(longest).size());
}

void whole_objects(mica::Connection& connection) {
    std::vector<Artist> artists{{.name = "Maria"}, {.name = "Carlos"}};
    connection.insert(artists);
    std::vector<std::int64_t> keys;
    for (Artist& artist : artists) {
        artist.country = "Portugal";
        keys.push_back(artist.id);
    }
    connection.update(artists);
    keys.push_back(0);

    const std::vector<std::optional<Artist>> found = connection.get_many<Artist>(keys);
    const std::optional<Artist> first = connection.get<Artist>(keys.front());

    show("artists found", found.size());
    show("of the first", first->name.size());
    connection.remove(artists);
}

void writing(mica::Connection& connection) {
    connection.execute(mica::insert_into<Artist>().values(col<&Artist::name> = "Django"));

    const auto counted =
        select(col<&Sale::track_id>, coalesce(sum(col<&Sale::copies>), 0)).group_by(col<&Sale::track_id>);
    connection.execute(mica::insert_into<Chart>().from(counted).on_conflict<&Chart::track_id>().do_update(
        col<&Chart::copies> = mica::excluded<&Chart::copies>));

    const auto one_more = mica::insert_into<Chart>()
                              .values(Chart{.track_id = 1, .copies = 1})
                              .on_conflict<&Chart::track_id>()
                              .do_update(col<&Chart::copies> = col<&Chart::copies> + mica::excluded<&Chart::copies>)
                              .returning(col<&Chart::copies>);
    std::printf("%d copies\n", connection.one(one_more));

    const auto dearer = mica::update<Track>()
                            .set(col<&Track::price> = col<&Track::price> + 0.2)
                            .from<Chart>()
                            .where(col<&Chart::track_id> == col<&Track::id> && col<&Chart::copies> > 2);
    const auto gone = mica::delete_from<Sale>().where(col<&Sale::country> == "France").returning<Sale>();
    std::printf("%lld dearer\n", static_cast<long long>(connection.execute(dearer).rows_affected()));
    for (const Sale& sale : connection.all(gone)) std::printf("gone: %lld\n", static_cast<long long>(sale.id));
}

mica::Filter<Track, Artist> filter_of(const Search& search) {
    mica::Filter<Track, Artist> filter;
    if (!search.title.empty()) filter &= col<&Track::title>.contains(search.title);
    if (!search.artists.empty()) filter &= col<&Artist::name>.in(search.artists);
    return filter;
}

void run_time_composition(mica::Connection& connection, const Search& search, bool by_price) {
    mica::Order<Track> order;
    if (by_price) order.then(col<&Track::price>.desc());
    order.then(col<&Track::title>);
    const auto found = select(col<&Track::title>, col<&Artist::name>)
                           .join<Album>()
                           .join<Artist>()
                           .where(filter_of(search))
                           .where_if(search.longest, [](int most) { return col<&Track::seconds> <= most; })
                           .order_by(order);
    for (const auto& [title, artist] : connection.execute(found))
        std::printf("%s, %s\n", title.c_str(), artist.c_str());
    std::printf("%s\n", to_string(found).c_str());

    const auto longer_than = connection.prepare(select<Track>()
                                                    .where(col<&Track::seconds> > mica::param<int>)
                                                    .order_by(col<&Track::seconds>)
                                                    .limit(mica::param<int>));
    for (const int least : {100, 200}) show("longer", longer_than(least, 5).all().size());

    const auto vowels = mica::sql<std::int64_t>("length(title) - length(replace(title, ?, ''))", "a");
    const auto with_vowels = select(col<&Track::title>, vowels).where(vowels > 1);
    show("with vowels", connection.all(with_vowels).size());
}

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Artist, Album, Track, Sale, Person, Chart>();
    auto connection = engine.connect();
    fill(connection);
    rows_and_their_types(connection);
    conditions(connection);
    expressions(connection);
    joins(connection);
    groups(connection);
    subqueries(connection);
    set_operations(connection);
    common_table_expressions(connection);
    values_as_a_table(connection);
    windows(connection);
    writing(connection);
    whole_objects(connection);
    run_time_composition(connection, {.title = "a", .artists = {"Ella"}, .longest = 300}, true);
    run_time_composition(connection, {}, false);
}
