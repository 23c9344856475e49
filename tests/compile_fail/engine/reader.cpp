// SPDX-License-Identifier: BSL-1.0
// What a Reader refuses: every write.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <vector>

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::int64_t maker = 0;
    static constexpr auto mapping() { return mica::table("car", mica::foreign_key<&Car::maker, &Maker::id>); }
};

using mica::col;

// error: mica: a Reader cannot write
#ifdef FAULT_delete_through_a_reader
auto delete_through_a_reader(mica::Reader& reader) { return reader.execute(mica::delete_from<Car>().all_rows()); }
#elif !defined FAULT
auto delete_through_a_reader(mica::Reader& reader) { return reader.execute(mica::select<Car>()).all(); }
#endif

// error: mica: a Reader cannot write
#ifdef FAULT_insert_of_objects_through_a_reader
auto insert_of_objects_through_a_reader(mica::Reader& reader, std::vector<Car>& cars) { return reader.insert(cars); }
#elif !defined FAULT
auto insert_of_objects_through_a_reader(mica::Reader& reader, std::vector<Car>& cars) {
    return reader.get_many<Car>({cars.front().id});
}
#endif

// error: mica: a Reader cannot write
#ifdef FAULT_insert_through_a_reader
auto insert_through_a_reader(mica::Reader& reader) {
    return reader.execute(mica::insert_into<Car>().values(Car{})).rows_affected();
}
#elif !defined FAULT
auto insert_through_a_reader(mica::Reader& reader) { return reader.execute(mica::select<Car>()).all(); }
#endif

// error: mica: a Reader cannot write
#ifdef FAULT_one_row_or_none_of_returning_through_a_reader
auto one_row_or_none_of_returning_through_a_reader(mica::Reader& reader) {
    return reader.one_or_none(mica::delete_from<Car>().all_rows().returning(col<&Car::id>));
}
#elif !defined FAULT
auto one_row_or_none_of_returning_through_a_reader(mica::Reader& reader) {
    return reader.one_or_none(mica::select(col<&Car::id>));
}
#endif

// error: mica: a Reader cannot write
#ifdef FAULT_remove_of_objects_through_a_reader
auto remove_of_objects_through_a_reader(mica::Reader& reader, std::vector<Car>& cars) { return reader.remove(cars); }
#elif !defined FAULT
auto remove_of_objects_through_a_reader(mica::Reader& reader, std::vector<Car>& cars) {
    return reader.get_many<Car>({cars.front().id});
}
#endif

// error: mica: a Reader cannot write
#ifdef FAULT_returning_through_a_reader
auto returning_through_a_reader(mica::Reader& reader) {
    return reader.all(mica::delete_from<Car>().all_rows().returning(col<&Car::id>));
}
#elif !defined FAULT
auto returning_through_a_reader(mica::Reader& reader) { return reader.all(mica::select(col<&Car::id>)); }
#endif

// error: mica: a Reader only reads
#ifdef FAULT_text_without_rows_through_a_reader
auto text_without_rows_through_a_reader(mica::Reader& reader) { return reader.execute("DELETE FROM car"); }
#elif !defined FAULT
auto text_without_rows_through_a_reader(mica::Reader& reader) { return reader.execute<int>("SELECT 1").all(); }
#endif

// error: mica: a Reader cannot write
#ifdef FAULT_update_of_objects_through_a_reader
auto update_of_objects_through_a_reader(mica::Reader& reader, std::vector<Car>& cars) { return reader.update(cars); }
#elif !defined FAULT
auto update_of_objects_through_a_reader(mica::Reader& reader, std::vector<Car>& cars) {
    return reader.get_many<Car>({cars.front().id});
}
#endif

// error: mica: a Reader cannot write
#ifdef FAULT_deleting_through_any_reader
auto deleting_through_any_reader(mica::AnyReader from) { return from.execute(mica::delete_from<Car>().all_rows()); }
#elif !defined FAULT
auto deleting_through_any_reader(mica::AnyReader from) { return from.all(mica::select(col<&Car::id>)); }
#endif
