// SPDX-License-Identifier: BSL-1.0
// Records of a CSV file (RFC 4180): fields in quotes may hold commas, line breaks and, doubled, quotes.
#pragma once

#include <istream>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace library {

class CsvReader {
public:
    explicit CsvReader(std::istream& file) : file_(file) {}

    /// The next record; empty at the end. Throws std::runtime_error where a quote is never closed.
    std::optional<std::vector<std::string>> next() {
        if (file_.peek() == std::istream::traits_type::eof()) return {};
        ++line_;
        std::vector<std::string> fields(1);
        bool is_quoted = false;
        for (char c = 0; file_.get(c);) {
            if (is_quoted && c == '"' && file_.peek() == '"') {
                fields.back() += '"';
                file_.get(c);
            } else if (c == '"') {
                is_quoted = !is_quoted;
            } else if (!is_quoted && c == ',') {
                fields.emplace_back();
            } else if (!is_quoted && c == '\n') {
                return fields;
            } else if (is_quoted || c != '\r') {
                fields.back() += c;
            }
        }
        if (is_quoted) throw std::runtime_error("record " + std::to_string(line_) + ": a quote is not closed");
        return fields;
    }

    /// The number of the record that was read last, from 1.
    int line() const { return line_; }

private:
    std::istream& file_;
    int line_ = 0;
};

}  // namespace library
