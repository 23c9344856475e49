// SPDX-License-Identifier: BSL-1.0
// What leaves a worker owns its values, and what a worker runs can be called.
#include <mica/asio.hpp>
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
};

using mica::col;
using mica::select;

// error: mica: what an asynchronous operation gives owns its values
#ifdef FAULT_a_view
auto a_view(mica::AsyncEngine& engine) {
    return engine.read([](mica::Reader&) { return std::string_view{"gone"}; });
}
#elif !defined FAULT
auto a_view(mica::AsyncEngine& engine) {
    return engine.read([](mica::Reader&) { return std::string{"kept"}; });
}
#endif

// error: mica: what an asynchronous operation gives owns its values
#ifdef FAULT_a_reference
auto a_reference(mica::AsyncEngine& engine, const Car& car) {
    return engine.read([&car](mica::Reader&) -> const Car& { return car; });
}
#elif !defined FAULT
auto a_reference(mica::AsyncEngine& engine, const Car& car) {
    return engine.read([&car](mica::Reader&) -> Car { return car; });
}
#endif

// error: mica: what an asynchronous operation gives owns its values
#ifdef FAULT_a_pointer
auto a_pointer(mica::AsyncEngine& engine) {
    return engine.write([](mica::Session& session) { return session.get<Car>(1).get(); });
}
#elif !defined FAULT
auto a_pointer(mica::AsyncEngine& engine) {
    return engine.write([](mica::Session& session) { return session.get<Car>(1); });
}
#endif

// error: mica: what an asynchronous operation gives owns its values
#ifdef FAULT_a_result
auto a_result(mica::AsyncEngine& engine) {
    return engine.read([](mica::Reader& reader) { return reader.execute(select<Car>()); });
}
#elif !defined FAULT
auto a_result(mica::AsyncEngine& engine) {
    return engine.read([](mica::Reader& reader) { return reader.execute(select<Car>()).all(); });
}
#endif

// error: mica: what an asynchronous operation gives owns its values
#ifdef FAULT_a_reader
auto a_reader(mica::AsyncEngine& engine) {
    return engine.read([](mica::Reader& reader) { return mica::AnyReader{reader}; });
}
#elif !defined FAULT
auto a_reader(mica::AsyncEngine& engine) {
    return engine.read([](mica::Reader& reader) { return mica::AnyReader{reader}.all(select<Car>()); });
}
#endif

// error: mica: what an asynchronous operation gives owns its values
#ifdef FAULT_a_query_of_a_session
auto a_query_of_a_session(mica::AsyncSession& session) {
    return session.run([](mica::Session& inside) { return inside.query<Car>(); });
}
#elif !defined FAULT
auto a_query_of_a_session(mica::AsyncSession& session) {
    return session.run([](mica::Session& inside) { return inside.query<Car>().all(); });
}
#endif

// error: mica: what an asynchronous operation gives goes beside its error
#ifdef FAULT_a_result_without_default
struct Number {
    explicit Number(int given) : value(given) {}
    int value;
};
auto a_result_without_default(mica::AsyncEngine& engine) {
    return engine.read([](mica::Reader&) { return Number{7}; });
}
#elif !defined FAULT
auto a_result_without_default(mica::AsyncEngine& engine) {
    return engine.read([](mica::Reader&) { return 7; });
}
#endif

// error: mica: an asynchronous operation takes a function
#ifdef FAULT_a_function_of_a_session_to_read
auto a_function_of_a_session_to_read(mica::AsyncEngine& engine) {
    return engine.read([](mica::Session& session) { return session.all(select<Car>()); });
}
#elif !defined FAULT
auto a_function_of_a_session_to_read(mica::AsyncEngine& engine) {
    return engine.read([](mica::Reader& reader) { return reader.all(select<Car>()); });
}
#endif

// error: mica: stream\(\) takes a select\(\)
#ifdef FAULT_a_stream_of_a_write
auto a_stream_of_a_write(mica::AsyncEngine& engine) {
    return engine.stream(mica::delete_from<Car>().all_rows().returning(col<&Car::id>));
}
#elif !defined FAULT
auto a_stream_of_a_write(mica::AsyncEngine& engine) { return engine.stream(select(col<&Car::id>)); }
#endif
