// SPDX-License-Identifier: BSL-1.0
// What the recording backend writes down, and the answers that it plays back.
#pragma once

#include <support/recorded_value.hpp>

#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica::test {

/// One run of a statement.
struct Execution {
    std::string sql;
    RecordedValues values{};

    bool operator==(const Execution&) const = default;
    friend std::ostream& operator<<(std::ostream& out, const Execution& execution) {
        out << execution.sql;
        for (const RecordedValue& value : execution.values) out << " | " << value;
        return out;
    }
};

/// What a statement gives: its rows, then its failure where there is one.
struct Answer {
    std::vector<RecordedValues> rows{};
    std::vector<std::string> columns{};  ///< their names; as many as the first row has where there are none
    std::int64_t changes = 1;
    std::int64_t last_insert_id = 0;
    std::exception_ptr failure{};
    std::exception_ptr failure_at_finish{};  ///< where it is stopped before its last row
    bool ends_transaction = false;           ///< as some failures of SQLite do
    std::function<void()> meanwhile{};       ///< what somebody else does while it runs

    int column_count() const { return static_cast<int>(rows.empty() ? columns.size() : rows.front().size()); }
};

/// What happened to the databases that were opened while it lived. Engines must not outlive it.
class Recording {
public:
    Recording() : previous_(std::exchange(current, this)) {}
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;
    ~Recording() { current = previous_; }

    std::vector<std::string> prepared{};  ///< every text that was prepared, in order
    std::vector<Execution> executed{};    ///< every run, in order; scripts as one
    std::vector<std::string> targets{};   ///< what was opened
    std::exception_ptr refuses_to_open{};
    int statements = 0;  ///< how many are prepared now
    int running = 0;     ///< how many of them have been stepped and not been reset

    /// The next run of a statement whose text begins with `text` gives `answer`; each answer serves once.
    void answer(std::string text, Answer answer) { answers_.push_back({std::move(text), std::move(answer)}); }
    template <class Failure>
    void fail(std::string text, Failure failure, bool ends_transaction = false) {
        answer(std::move(text),
               {.failure = std::make_exception_ptr(std::move(failure)), .ends_transaction = ends_transaction});
    }
    /// Preparing a text that begins with `text` fails from now on.
    template <class Failure>
    void refuse(std::string text, Failure failure) {
        refused_.push_back({std::move(text), std::make_exception_ptr(std::move(failure))});
    }

    /// The texts of all runs, in order.
    std::vector<std::string> texts() const {
        std::vector<std::string> texts;
        for (const Execution& execution : executed) texts.push_back(execution.sql);
        return texts;
    }
    /// The last run.
    const Execution& last() const { return executed.back(); }
    /// Forgets what was written down, not what is prepared.
    void forget() {
        executed.clear();
        prepared.clear();
    }

    // For the backend.
    static Recording& now() {
        if (current == nullptr) throw std::logic_error("there is no Recording");
        return *current;
    }
    void check_text(std::string_view sql) const {
        for (const auto& [text, failure] : refused_) {
            if (sql.starts_with(text)) std::rethrow_exception(failure);
        }
    }
    std::optional<Answer> take_answer(std::string_view sql) {
        for (auto entry = answers_.begin(); entry != answers_.end(); ++entry) {
            if (!sql.starts_with(entry->first)) continue;
            Answer found = std::move(entry->second);
            answers_.erase(entry);
            return found;
        }
        return {};
    }
    const Answer* peek_answer(std::string_view sql) const {
        for (const auto& [text, answer] : answers_) {
            if (sql.starts_with(text)) return &answer;
        }
        return nullptr;
    }

private:
    inline static Recording* current = nullptr;
    Recording* previous_;
    std::vector<std::pair<std::string, Answer>> answers_{};
    std::vector<std::pair<std::string, std::exception_ptr>> refused_{};
};

}  // namespace mica::test
