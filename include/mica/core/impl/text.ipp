// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>

#include <cstdio>
#include <cstdlib>

namespace mica::detail {

void append(std::string& text, std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) text.append(part.data(), part.size());
}

std::string join(std::initializer_list<std::string_view> parts) {
    std::string text;
    append(text, parts);
    return text;
}

void append_with_point(std::string& text, std::string_view number) {
    const auto is_of_a_number = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+';
    };
    bool is_behind_point = false;
    for (const char& c : number) {
        const bool is_of_point = !is_of_a_number(c);
        if (!is_of_point || !is_behind_point) append(text, {is_of_point ? std::string_view{"."} : letter(c)});
        is_behind_point = is_of_point;
    }
}

void append_real(std::string& text, double value) {
    char buffer[32];
    for (int digits = 15; digits <= 17; ++digits) {
        std::snprintf(buffer, sizeof buffer, "%.*g", digits, value);
        const double read = std::strtod(buffer, nullptr);
        if (read <= value && read >= value) break;
    }
    append_with_point(text, buffer);
}

}  // namespace mica::detail
