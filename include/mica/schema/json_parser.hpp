// SPDX-License-Identifier: BSL-1.0
// The value of a JSON text, each number exact: Boost.JSON's own parser takes many for one beside them, unless it is
// told to be precise, which it can be in later versions only.
#pragma once

#include <mica/core/text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mica::detail {

/// The nearest double; what is too large or small for one is as Boost.JSON has it.
inline double exact_number(std::string_view text, double nearly) {
#if defined(__cpp_lib_to_chars)
    std::from_chars(text.data(), text.data() + text.size(), nearly);
    return nearly;
#else
    const std::string copy{text};
    char* end = nullptr;
    const double exact = std::strtod(copy.c_str(), &end);
    return *end == '\0' ? exact : nearly;  // a locale may have another decimal point
#endif
}

/// What Boost.JSON's parser tells of a text; makes a value of it as that of Boost.JSON does.
struct JsonHandler {
    using Error = boost::system::error_code;
    using Text = boost::json::string_view;

    static constexpr std::size_t max_object_size = boost::json::object::max_size();
    static constexpr std::size_t max_array_size = boost::json::array::max_size();
    static constexpr std::size_t max_key_size = boost::json::string::max_size();
    static constexpr std::size_t max_string_size = boost::json::string::max_size();

    boost::json::value_stack values{};

    bool on_document_begin(Error&) {
        return done([this] { values.reset(); });
    }
    bool on_document_end(Error&) { return true; }
    bool on_object_begin(Error&) { return true; }
    bool on_object_end(std::size_t count, Error&) {
        return done([&] { values.push_object(count); });
    }
    bool on_array_begin(Error&) { return true; }
    bool on_array_end(std::size_t count, Error&) {
        return done([&] { values.push_array(count); });
    }
    bool on_key_part(Text part, std::size_t, Error&) {
        return done([&] { values.push_chars(part); });
    }
    bool on_key(Text part, std::size_t, Error&) {
        return done([&] { values.push_key(part); });
    }
    bool on_string_part(Text part, std::size_t, Error&) {
        return done([&] { values.push_chars(part); });
    }
    bool on_string(Text part, std::size_t, Error&) {
        return done([&] { values.push_string(part); });
    }
    bool on_number_part(Text, Error&) { return true; }  // of a text in several pieces
    bool on_int64(std::int64_t number, Text, Error&) {
        return done([&] { values.push_int64(number); });
    }
    bool on_uint64(std::uint64_t number, Text, Error&) {
        return done([&] { values.push_uint64(number); });
    }
    bool on_double(double nearly, Text text, Error&) {
        return done([&] { values.push_double(exact_number({text.data(), text.size()}, nearly)); });
    }
    bool on_bool(bool value, Error&) {
        return done([&] { values.push_bool(value); });
    }
    bool on_null(Error&) {
        return done([this] { values.push_null(); });
    }
    bool on_comment_part(Text, Error&) { return true; }
    bool on_comment(Text, Error&) { return true; }

private:
    template <class Action>
    static bool done(Action action) {
        action();
        return true;
    }
};

/// A template, so that what one version of Boost.JSON does not have is not looked at.
template <class Options, class Handler = JsonHandler>
boost::json::value parse_exactly(std::string_view text, Options options, boost::system::error_code& error) {
    if constexpr (requires { options.numbers; }) {
        options.numbers = decltype(options.numbers)::precise;
        return boost::json::parse({text.data(), text.size()}, error, {}, options);
    } else {
        boost::json::basic_parser<Handler> parser{options};
        const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
        if (!error && read < text.size()) error = boost::json::error::extra_data;
        if (error) return nullptr;
        return parser.handler().values.release();
    }
}

[[gnu::cold]] inline boost::json::value parse_json(std::string_view text, std::size_t depth) {
    boost::json::parse_options options;
    options.max_depth = depth;
    options.allow_invalid_utf8 = true;  // a text field keeps its bytes too
    boost::system::error_code error;
    boost::json::value value = parse_exactly(text, options, error);
    if (error) throw std::runtime_error(join({"that is no JSON: ", error.message()}));
    return value;
}

}  // namespace mica::detail
