// SPDX-License-Identifier: BSL-1.0
// A call of an SQL function, by the name or in the form that the dialect has for it.
#pragma once

#include <mica/dialect/sql_writer.hpp>

#include <cstddef>
#include <string_view>

namespace mica {

/// Writes what stands around the arguments, which their caller renders: next() in front of each, end() behind the last.
class CallWriter {
public:
    constexpr CallWriter(SqlWriter& out, std::string_view function, std::size_t arguments)
        : out_(out), rest_(out.dialect().spelling(function, arguments)), is_form_(rest_.find('@') != rest_.npos) {
        if (out_.dialect().features != Feature::all) out_.need(feature_of(function));  // for SQLite nobody asks
        if (is_form_) return;
        out_.text(rest_);
        out_.put('(');
        rest_ = {};
    }

    constexpr void next() {
        if (is_form_) {
            const std::size_t place = rest_.find('@');
            out_.text(rest_.substr(0, place));
            rest_.remove_prefix(place + 1);
        } else {
            out_.text(rest_);
            rest_ = ", ";
        }
    }

    constexpr void end() {
        if (is_form_) return out_.text(rest_);
        out_.put(')');
    }

private:
    SqlWriter& out_;
    std::string_view rest_;  ///< of the form; else what stands in front of the next argument
    bool is_form_;
};

}  // namespace mica
