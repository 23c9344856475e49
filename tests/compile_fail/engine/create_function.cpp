// SPDX-License-Identifier: BSL-1.0
// Callables that cannot be functions of SQL.
#include <mica/mica.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

inline constexpr auto slug = mica::declare_function<"slug", std::string(std::string_view)>;
inline constexpr auto median = mica::declare_aggregate<"median", std::optional<double>(double)>;

// error: mica: the types of a function are those of its call operator
#ifdef FAULT_generic_lambda
void generic_lambda(const mica::Connection& connection) {
    connection.create_function("f", [](auto value) { return value; });
}
#elif !defined FAULT
void generic_lambda(const mica::Connection& connection) {
    connection.create_function("f", [](int value) { return value; });
}
#endif

// error: mica: a function takes types that mica can store, by value or as const&
#ifdef FAULT_argument_without_a_codec
void argument_without_a_codec(const mica::Connection& connection) {
    connection.create_function("f", [](const std::vector<int>&) { return 1; });
}
#elif !defined FAULT
void argument_without_a_codec(const mica::Connection& connection) {
    connection.create_function("f", [](const std::string&) { return 1; });
}
#endif

// error: mica: a function takes types that mica can store, by value or as const&
#ifdef FAULT_argument_to_write_to
void argument_to_write_to(const mica::Connection& connection) {
    connection.create_function("f", [](std::string&) { return 1; });
}
#elif !defined FAULT
void argument_to_write_to(const mica::Connection& connection) {
    connection.create_function("f", [](std::string) { return 1; });
}
#endif

// error: mica: a function gives a type that mica can store
#ifdef FAULT_no_result
void no_result(const mica::Connection& connection) {
    connection.create_function("f", [](int) {});
}
#elif !defined FAULT
void no_result(const mica::Connection& connection) {
    connection.create_function("f", [](int) { return true; });
}
#endif

// error: mica: this callable's arguments and result are not those that the function was declared with
#ifdef FAULT_other_arguments_than_declared
void other_arguments_than_declared(const mica::Connection& connection) {
    connection.create_function(slug, [](int) { return std::string{}; });
}
#elif !defined FAULT
void other_arguments_than_declared(const mica::Connection& connection) {
    connection.create_function(slug, [](const std::string&) { return std::string{}; });
}
#endif

// error: mica: this callable's arguments and result are not those that the function was declared with
#ifdef FAULT_optional_result_that_was_not_declared
void optional_result_that_was_not_declared(const mica::Connection& connection) {
    connection.create_function(slug, [](std::string_view) { return std::optional<std::string>{}; });
}
#elif !defined FAULT
void optional_result_that_was_not_declared(const mica::Connection& connection) {
    connection.create_function(slug, [](std::string_view text) { return text; });
}
#endif

struct OnlyStep {
    void step(double) {}
};
struct StepOfVector {
    void step(const std::vector<int>&) {}
    int finish() { return 1; }
};
struct FinishWithArgument {
    void step(double) {}
    int finish(int) { return 1; }
};
struct HalfAWindow {
    void step(double) {}
    void inverse(double) {}
    double finish() { return 1; }
};
struct Median {
    void step(double) {}
    std::optional<double> finish() { return {}; }
};
struct MedianOfIntegers {
    void step(int) {}
    std::optional<double> finish() { return {}; }
};

// error: mica: an aggregate has a step\(...\) and a finish\(\), one of each
#ifdef FAULT_aggregate_without_finish
void aggregate_without_finish(const mica::Connection& connection) { connection.create_aggregate<OnlyStep>("f"); }
#elif !defined FAULT
void aggregate_without_finish(const mica::Connection& connection) { connection.create_aggregate<Median>("f"); }
#endif

// error: mica: the step\(\) of an aggregate takes types that mica can store
#ifdef FAULT_step_of_something_unstorable
void step_of_something_unstorable(const mica::Connection& connection) {
    connection.create_aggregate<StepOfVector>("f");
}
#elif !defined FAULT
void step_of_something_unstorable(const mica::Connection& connection) { connection.create_aggregate("f", Median{}); }
#endif

// error: mica: the finish\(\) of an aggregate takes nothing and gives a type that mica can store
#ifdef FAULT_finish_with_an_argument
void finish_with_an_argument(const mica::Connection& connection) {
    connection.create_aggregate<FinishWithArgument>("f");
}
#elif !defined FAULT
void finish_with_an_argument(const mica::Connection& connection) { connection.create_aggregate<Median>("f"); }
#endif

// error: mica: a window function has an inverse\(\) with the arguments of step\(\) and a value\(\)
#ifdef FAULT_half_a_window_function
void half_a_window_function(const mica::Connection& connection) { connection.create_aggregate<HalfAWindow>("f"); }
#elif !defined FAULT
void half_a_window_function(const mica::Connection& connection) { connection.create_aggregate<Median>("f"); }
#endif

// error: mica: this callable's arguments and result are not those that the function was declared with
#ifdef FAULT_aggregate_of_other_arguments_than_declared
void aggregate_of_other_arguments_than_declared(const mica::Connection& connection) {
    connection.create_aggregate<MedianOfIntegers>(median);
}
#elif !defined FAULT
void aggregate_of_other_arguments_than_declared(const mica::Connection& connection) {
    connection.create_aggregate<Median>(median);
}
#endif

// error: mica: a collation takes two std::string_view and gives an int
#ifdef FAULT_collation_that_gives_a_text
void collation_that_gives_a_text(const mica::Connection& connection) {
    connection.create_collation("c", [](std::string_view left, std::string_view) { return left; });
}
#elif !defined FAULT
void collation_that_gives_a_text(const mica::Connection& connection) {
    connection.create_collation("c", [](std::string_view left, std::string_view right) { return left.compare(right); });
}
#endif
