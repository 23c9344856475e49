// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/blob.hpp>
#include <mica/query/expression/arithmetic.hpp>
#include <mica/query/expression/column.hpp>
#include <mica/session/object/snapshot.hpp>
#include <mica/session/object/tracked_object.hpp>

#include <support/fake_cell.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unit_snapshot {

using namespace mica;
using namespace mica::detail;

struct Engine {
    int cylinders = 0;
    std::optional<double> bore{};
};
struct Car {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> year{};
    Engine engine{};
    std::vector<std::byte> photo{};
    std::string note{};
    static constexpr auto mapping() { return table("car", ignore<&Car::note>); }
};

Snapshot snapshot_of(const Car& car) {
    const TrackedObject<Car> tracked{operations_of<Car>, car};
    SnapshotBuffer bytes;
    *bytes.extend(1) = 'x';
    OperationsOf<Car>::take_snapshot(tracked, bytes);
    return Snapshot{bytes};
}

std::vector<std::uint16_t> changes(const Car& before, const Car& after) {
    const List<std::uint16_t> changed = find_changes(table_of<Car>(), snapshot_of(before), snapshot_of(after)).list();
    return std::vector<std::uint16_t>(changed.begin(), changed.end());
}

TEST(SnapshotCell, gives_back_each_storage_class) {
    SnapshotBuffer bytes;
    SnapshotSink sink{bytes};
    const std::byte raw[] = {std::byte{1}, std::byte{0}, std::byte{2}};
    sink.null();
    sink.integer(std::numeric_limits<std::int64_t>::min());
    sink.real(-1.5);
    sink.text(std::string_view{"a\0b", 3}, Lifetime::borrowed);
    sink.blob(raw, Lifetime::borrowed);
    sink.text({}, Lifetime::borrowed);
    SnapshotCell cell = first_cell(bytes);
    EXPECT_EQ(cell.storage_class(), StorageClass::null);
    cell = cell.next();
    EXPECT_EQ(cell.integer(), std::numeric_limits<std::int64_t>::min());
    cell = cell.next();
    EXPECT_EQ(cell.storage_class(), StorageClass::real);
    EXPECT_EQ(cell.real(), -1.5);
    cell = cell.next();
    EXPECT_EQ(cell.text(), std::string_view("a\0b", 3));
    cell = cell.next();
    EXPECT_EQ(cell.storage_class(), StorageClass::blob);
    EXPECT_EQ(std::vector<std::byte>(cell.blob().begin(), cell.blob().end()), std::vector<std::byte>(raw, raw + 3));
    cell = cell.next();
    EXPECT_EQ(cell.text(), "");
    EXPECT_EQ(cell.encoded().data() + cell.size(), bytes.view().data() + bytes.view().size());
}

TEST(SnapshotCell, sends_what_it_holds) {
    SnapshotBuffer bytes;
    SnapshotSink sink{bytes};
    const std::byte raw[] = {std::byte{7}};
    sink.null();
    sink.integer(5);
    sink.real(2.5);
    sink.text("x", Lifetime::copied);
    sink.blob(raw, Lifetime::copied);
    mica::test::RecordingSink received;
    for (std::size_t i = 0; i < 5; ++i) mica::send_cell(cell_at(bytes, i), received);
    ASSERT_EQ(received.values.size(), 5U);
    EXPECT_EQ(received.values[0].storage, StorageClass::null);
    EXPECT_EQ(received.values[1].integer, 5);
    EXPECT_EQ(received.values[2].real, 2.5);
    EXPECT_EQ(received.values[3].text, "x");
    EXPECT_EQ(received.values[4].blob, std::vector<std::byte>{std::byte{7}});
}

TEST(Snapshot, has_a_place_for_every_column_and_none_for_ignored_fields) {
    const Snapshot bytes = snapshot_of({.id = 1, .name = "F8", .engine = {.cylinders = 8}, .note = "secret"});
    ASSERT_EQ(table_of<Car>().columns.size(), 6U);
    EXPECT_EQ(cell_at(bytes, 0).integer(), 1);
    EXPECT_EQ(cell_at(bytes, 1).text(), "F8");
    EXPECT_EQ(cell_at(bytes, 2).storage_class(), StorageClass::null);
    EXPECT_EQ(cell_at(bytes, 3).integer(), 8);
    EXPECT_EQ(cell_at(bytes, 4).storage_class(), StorageClass::null);
    EXPECT_TRUE(cell_at(bytes, 5).blob().empty());
    EXPECT_EQ(bytes.view().find("secret"), std::string_view::npos);
}

TEST(Snapshot, has_texts_and_bytes_of_any_length) {
    for (std::size_t size = 0; size < 600; ++size) {
        const Car car{.id = -1,
                      .name = std::string(size, 'n'),
                      .year = 1,
                      .engine = {.bore = 2.5},
                      .photo = std::vector<std::byte>(600 - size, std::byte{3})};
        const Snapshot bytes = snapshot_of(car);
        SnapshotBuffer expected;
        SnapshotSink sink{expected};
        sink.integer(-1);
        sink.text(car.name, Lifetime::borrowed);
        sink.integer(1);
        sink.integer(0);
        sink.real(2.5);
        sink.blob(car.photo, Lifetime::borrowed);
        ASSERT_EQ(bytes.view(), expected.view()) << size;
        EXPECT_EQ(cell_at(bytes, 1).text(), car.name);
        EXPECT_EQ(cell_at(bytes, 4).real(), 2.5);
        EXPECT_EQ(cell_at(bytes, 5).blob().size(), car.photo.size());
        const std::string_view photo = cell_at(bytes, 5).encoded();
        EXPECT_EQ(photo.data() + photo.size(), bytes.view().data() + bytes.view().size());
        Car longer = car;
        longer.name += 'n';
        EXPECT_EQ(changes(car, car), (std::vector<std::uint16_t>{}));
        EXPECT_EQ(changes(car, longer), (std::vector<std::uint16_t>{1}));
        ColumnSet changed;
        find_changes(longer, bytes, changed);
        EXPECT_EQ(changed.list().size(), 1U);
    }
}

TEST(Snapshot, finds_the_columns_that_differ) {
    const Car before{.id = 1, .name = "F8", .year = 2020, .engine = {.cylinders = 8}};
    EXPECT_TRUE(changes(before, before).empty());
    Car after = before;
    after.name = "F9";
    EXPECT_EQ(changes(before, after), std::vector<std::uint16_t>{1});
    after.engine.bore = 1.0;
    after.year.reset();
    EXPECT_EQ(changes(before, after), (std::vector<std::uint16_t>{1, 2, 4}));
    after = before;
    after.note = "changed";
    EXPECT_TRUE(changes(before, after).empty());
}

TEST(Snapshot, tells_values_apart_that_look_alike) {
    const auto differ = [](auto left, auto right) { return !changes(left, right).empty(); };
    EXPECT_TRUE(differ(Car{.name = ""}, Car{.name = std::string(1, '\0')}));
    EXPECT_TRUE(differ(Car{.year = 0}, Car{}));
    EXPECT_TRUE(differ(Car{.engine = {.bore = 0.0}}, Car{}));
    EXPECT_TRUE(differ(Car{.photo = {std::byte{0}}}, Car{}));
    EXPECT_TRUE(differ(Car{.name = "ab"}, Car{.name = "ba"}));
}

TEST(Snapshot, a_longer_text_does_not_shift_the_columns_behind_it) {
    const Car before{.name = "a", .year = 1};
    EXPECT_EQ(changes(before, Car{.name = "a much longer name", .year = 1}), std::vector<std::uint16_t>{1});
}

TEST(Snapshot, an_integer_is_overwritten_in_its_place) {
    Snapshot bytes = snapshot_of({.id = 1, .name = "F8", .engine = {.cylinders = 8}});
    set_integer(bytes, 0, -77);
    set_integer(bytes, 3, 12);
    EXPECT_EQ(bytes, snapshot_of({.id = -77, .name = "F8", .engine = {.cylinders = 12}}));
}

struct Priced {
    std::int64_t id = 0;
    int net = 0;
    int gross = 0;
    static constexpr auto mapping() { return table("priced", generated<&Priced::gross>(col<&Priced::net> * 2)); }
};

TEST(Snapshot, a_generated_column_has_a_place_but_is_never_a_change) {
    const auto snapshot = [](const Priced& priced) {
        const TrackedObject<Priced> tracked{operations_of<Priced>, priced};
        return current_snapshot(tracked);
    };
    const List<std::uint16_t> changed = find_changes(table_of<Priced>(), snapshot({.id = 1, .net = 2, .gross = 4}),
                                                     snapshot({.id = 1, .net = 3, .gross = 9}))
                                            .list();
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed[0], 1);
}

}  // namespace unit_snapshot
