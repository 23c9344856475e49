// SPDX-License-Identifier: BSL-1.0
// The function behind REGEXP, on RE2: the time that a search takes grows with the text alone, whatever the pattern.
#pragma once

#include <mica/core/callback.hpp>
#include <mica/core/text.hpp>
#include <mica/engine/function_arguments.hpp>

#include <re2/re2.h>

#include <string>
#include <string_view>

namespace mica::detail {

/// `text REGEXP pattern`, which SQL calls as regexp(pattern, text). A pattern is compiled once for each run of a
/// statement where it is the same for all rows, which the database knows of parameters and constants.
template <class Call>
struct RegexpFunction final : ScalarFunction<Call> {
    using Base = ScalarFunction<Call>;

    RegexpFunction()
        : Base(
              "regexp", [](Callback* self) noexcept { delete static_cast<RegexpFunction*>(self); },
              {2, deterministic | innocuous}, search) {}

    static void search(Base& self, Call& call) {
        std::string_view pattern;
        std::string_view text;
        if (!read_argument(call, self, 0, pattern) || !read_argument(call, self, 1, text)) return;
        if (auto* const kept = static_cast<const re2::RE2*>(call.kept(0))) return send(*kept, text, call);
        auto* const compiled = new re2::RE2({pattern.data(), pattern.size()}, quiet());
        if (compiled->ok()) {
            send(*compiled, text, call);
        } else {
            refuse_pattern(*compiled, call);
        }
        call.keep(0, compiled, [](void* done) { delete static_cast<re2::RE2*>(done); });
    }

    static void send(const re2::RE2& pattern, std::string_view text, Call& call) {
        call.integer(re2::RE2::PartialMatch({text.data(), text.size()}, pattern) ? 1 : 0);
    }

    /// What RE2 says, without the part of the pattern that it quotes: that may be a value.
    [[gnu::cold]] static void refuse_pattern(const re2::RE2& pattern, Call& call) {
        const std::string_view reason = pattern.error();
        call.refuse(join({"mica: REGEXP cannot read its pattern: ", reason.substr(0, reason.find(": "))}));
    }

    /// It writes nothing of a wrong pattern to the standard error stream.
    static re2::RE2::Options quiet() {
        re2::RE2::Options options;
        options.set_log_errors(false);
        return options;
    }
};

}  // namespace mica::detail
