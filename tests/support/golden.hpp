// SPDX-License-Identifier: BSL-1.0
// Every statement of a golden test in both dialects, side by side: `golden/<suite>.txt` beside the tests. Running the
// tests with MICA_GOLDEN=write writes the files anew; read what has changed there as you read code.
#pragma once

#include <mica/query/statement/run_time_text.hpp>
#include <mica/query/statement/statement.hpp>
#include <mica/schema/ddl.hpp>

#include <support/hostile_dialect.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace mica::test {

/// The pairs of texts of the test that runs, as its suite's file has them.
class Golden {
public:
    /// The next statement of this test.
    static void expect(const std::string& text, const std::string& other) {
        Golden& golden = now();
        if (std::exchange(golden.last_, text) == text) return;  // the same again, with other values
        if (golden.writes_) return golden.write(text, other);
        if (golden.next_ == golden.pairs_.size()) {
            ADD_FAILURE() << "not in " << golden.path_ << ":\n" << text << '\n' << other;
            return;
        }
        const auto& [first, second] = golden.pairs_[golden.next_++];
        EXPECT_EQ(text, first);
        EXPECT_EQ(other, second);
    }

private:
    static Golden& now() {
        static Golden golden;
        const testing::TestInfo* const test = testing::UnitTest::GetInstance()->current_test_info();
        if (std::exchange(golden.test_, test) != test) golden.begin(test->test_suite_name(), test->name());
        return golden;
    }

    void begin(const std::string& suite, const std::string& name) {
        path_ = std::filesystem::path{MICA_GOLDEN_DIR} / (suite + ".txt");
        pairs_.clear();
        next_ = 0;
        last_.clear();
        if (writes_) {
            if (std::exchange(suite_, suite) != suite) std::filesystem::remove(path_);
            std::ofstream{path_, std::ios::app} << name << '\n';
            return;
        }
        std::ifstream file{path_};
        std::string line;
        while (std::getline(file, line) && line != name) {
        }
        for (std::string first; std::getline(file, first) && first.starts_with(mark);) {
            std::getline(file, line);
            pairs_.emplace_back(unescaped(first.substr(mark.size())), unescaped(line.substr(mark.size())));
        }
    }

    void write(const std::string& text, const std::string& other) const {
        std::ofstream{path_, std::ios::app} << mark << escaped(text) << '\n' << mark << escaped(other) << '\n';
    }

    /// DDL has several lines.
    static std::string escaped(std::string text) { return replaced(std::move(text), "\n", "\\n"); }
    static std::string unescaped(std::string text) { return replaced(std::move(text), "\\n", "\n"); }
    static std::string replaced(std::string text, const std::string& from, const std::string& to) {
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
            text.replace(at, from.size(), to);
        }
        return text;
    }

    inline static const std::string mark = "    ";
    const bool writes_ = std::getenv("MICA_GOLDEN") != nullptr;
    const testing::TestInfo* test_ = nullptr;
    std::string suite_{};
    std::filesystem::path path_{};
    std::vector<std::pair<std::string, std::string>> pairs_{};
    std::size_t next_ = 0;
    std::string last_{};
};

/// What writes a text, in both dialects; where the hostile one has no such construct, the sentence that says so.
inline void show(RenderFunction render, const detail::List<Fragment>& fragments = {}) {
    std::string other;
    try {
        other = detail::text_with_fragments(render, fragments, hostile);
    } catch (const ProgrammingError& error) {
        other = error.what();
    }
    Golden::expect(detail::text_with_fragments(render, fragments, dialect::sqlite), other);
}

/// A statement.
template <StatementLike Query>
void show(const Query& query) {
    if constexpr (detail::is_dynamic<Query>()) {
        show(&Query::render, detail::fragments_of(query));
    } else {
        show(&Query::render);
    }
}

/// The DDL of an entity.
template <class Entity>
void show_ddl() {
    show(&detail::render_ddl<Entity, detail::Existing::is_an_error>);
}

}  // namespace mica::test
