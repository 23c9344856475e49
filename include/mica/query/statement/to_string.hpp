// SPDX-License-Identifier: BSL-1.0
// A statement with its values as text, for people: never sent to a database.
#pragma once

#include <mica/core/text.hpp>
#include <mica/query/statement/run_time_text.hpp>
#include <mica/query/statement/statement.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mica {

namespace detail {

/// Writes values as people read them, long texts cut. A template, so that nobody pays for it who does not ask for it.
template <class = void>
struct DescribingSink {
    static constexpr std::size_t longest = 100;
    std::string_view parameter;
    std::string description{};
    int next = 1;

    void null() { add("NULL"); }
    void integer(std::int64_t value) { add(std::to_string(value)); }
    void real(double value) {
        std::string digits;
        append_real(digits, value);
        add(digits);
    }
    void text(std::string_view value, Lifetime) {
        std::string quoted = "'";
        std::size_t shown = value.size() > longest ? longest : value.size();
        while (shown > 0 && shown < value.size() && is_continued(value[shown])) --shown;
        for (const char character : value.substr(0, shown)) {
            if (character == '\'') quoted += '\'';
            quoted += character;
        }
        quoted += shown < value.size() ? "…'" : "'";
        add(quoted);
    }
    void blob(Bytes value, Lifetime) { add("a blob of " + std::to_string(value.size()) + " bytes"); }
    void values(const ValueList& list, Lifetime = Lifetime::borrowed) {
        add("a list of " + std::to_string(list.size()) + " values");
    }
    template <class Type>
    void argument() {
        add("a param<>");
    }

private:
    /// Inside of a character of UTF-8.
    static bool is_continued(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

    void add(std::string_view value) {
        description += next == 1 ? " -- " : ", ";
        description += parameter;
        description += std::to_string(next++);
        description += " = ";
        description += value;
    }
};

}  // namespace detail

/// The SQL text of a statement and the values that are bound to it, as `… -- ?1 = 5, ?2 = 'x'`. For debugging: it shows
/// values, so think before you put it into a log. Throws what a codec throws.
template <StatementLike Query>
std::string to_string(const Query& query, const Dialect& dialect = dialect::sqlite) {
    detail::DescribingSink<> sink{.parameter = dialect.parameter};
    static_assert(ValueSink<detail::DescribingSink<>>);
    query.bind(sink);
    return detail::run_time_text(query, dialect) + sink.description;
}

/// The same into a stream.
template <class Stream, StatementLike Query>
    requires requires(Stream& stream, const std::string& text) { stream << text; }
Stream& operator<<(Stream& stream, const Query& query) {
    stream << to_string(query);
    return stream;
}

}  // namespace mica
