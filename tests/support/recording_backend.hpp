// SPDX-License-Identifier: BSL-1.0
// A database that is none: it writes down every text and every bound value, and plays back prepared answers. It is as
// strict as the seam's contract: what SQLite would let pass, such as a parameter that nobody bound, is a logic_error.
#pragma once

#include <mica/dialect/sqlite.hpp>
#include <mica/engine/backend.hpp>

#include <support/recorded_value.hpp>
#include <support/recording.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica::test {

struct RecordingBackend {
    struct Target {
        Recording* recording;
        std::string url;
        int busy_timeout_ms;
    };

    /// A value of the current row. Reading it in another storage class than its own throws.
    class Cell {
    public:
        explicit Cell(const RecordedValue& value) noexcept : value_(&value) {}

        StorageClass storage_class() const noexcept { return value_->storage; }
        std::int64_t integer() const { return expect(StorageClass::integer).integer; }
        double real() const { return expect(StorageClass::real).real; }
        std::string_view text() const { return expect(StorageClass::text).bytes; }
        Bytes blob() const {
            const std::string& bytes = expect(StorageClass::blob).bytes;
            return {reinterpret_cast<const std::byte*>(bytes.data()), bytes.size()};
        }

    private:
        const RecordedValue& expect(StorageClass wanted) const {
            if (value_->storage != wanted) throw std::logic_error("a cell was read in another storage class");
            return *value_;
        }
        const RecordedValue* value_;
    };

    /// What a connection knows.
    struct State {
        Recording& recording;
        std::int64_t changes = 0;
        std::int64_t revision = 0;
        std::int64_t last_insert_id = 0;
        bool in_transaction = false;
        bool began_by_savepoint = false;
        int savepoints = 0;

        /// Follows what the text does to the transaction.
        void follow(std::string_view sql) {
            const auto begins_with = [sql](std::string_view word) { return sql.starts_with(word); };
            if (begins_with("ROLLBACK TO") || begins_with("RELEASE")) {
                if (savepoints == 0) throw std::logic_error("there is no savepoint");
                if (begins_with("RELEASE") && --savepoints == 0 && began_by_savepoint) end();
            } else if (begins_with("BEGIN")) {
                if (in_transaction) throw std::logic_error("a transaction within a transaction");
                in_transaction = true;
            } else if (begins_with("SAVEPOINT")) {
                began_by_savepoint = began_by_savepoint || !in_transaction;
                in_transaction = true;
                ++savepoints;
            } else if (begins_with("COMMIT") || begins_with("ROLLBACK")) {
                if (!in_transaction) throw std::logic_error("no transaction is active");
                end();
            }
        }
        void end() noexcept {
            in_transaction = false;
            began_by_savepoint = false;
            savepoints = 0;
        }
    };

    /// Of the last run that could change rows.
    class Summary {
    public:
        explicit Summary(const State& state) noexcept : state_(&state) {}
        std::int64_t changed() const noexcept { return state_->changes; }
        std::int64_t generated_key() const noexcept { return state_->last_insert_id; }

    private:
        const State* state_;
    };

    class Statement;
    class Database;

    static constexpr const Dialect& dialect = mica::dialect::sqlite;

    static Target parse(std::string_view url, int busy_timeout_ms, bool) {
        return {&Recording::now(), std::string{url}, busy_timeout_ms};
    }
    static Database open(const Target& target);
    static bool is_private(const Target& target) noexcept { return target.url == "sqlite://"; }
};

/// Keeps borrowed text where it is and reads it again at every step: what does not live long enough shows.
class RecordingBackend::Statement {
public:
    Statement(std::shared_ptr<State> state, std::string_view sql) : state_(std::move(state)), sql_(sql) {
        parameters_.resize(count_parameters(sql));
        ++state_->recording.statements;
    }
    Statement(Statement&&) noexcept = default;
    Statement& operator=(Statement&& other) noexcept {
        Statement old{std::move(*this)};
        state_ = std::move(other.state_);
        sql_ = std::move(other.sql_);
        parameters_ = std::move(other.parameters_);
        run_ = std::move(other.run_);
        last_column_count_ = other.last_column_count_;
        return *this;
    }
    ~Statement() {
        if (state_ == nullptr) return;
        reset();
        --state_->recording.statements;
    }

    void bind_null(int index) { parameter(index).value = RecordedValue{}; }
    void bind(int index, std::int64_t value) { parameter(index).value = RecordedValue{value}; }
    void bind(int index, double value) { parameter(index).value = RecordedValue{value}; }
    void bind(int index, std::string_view value, Lifetime lifetime) { keep(index, value, lifetime); }
    void bind(int index, Bytes value, Lifetime lifetime) { keep(index, value, lifetime); }
    void bind(int index, const ValueList& value, Lifetime lifetime) {
        Parameter& parameter = this->parameter(index);
        if (lifetime == Lifetime::copied) {
            parameter.value = RecordedValue{value};
        } else {
            parameter.borrowed_list = &value;
        }
    }

    bool step() {
        if (run_ == nullptr) start();
        if (run_->at_end) throw std::logic_error("stepped behind the end");
        if (bound_values() != run_->values) throw std::logic_error("a bound value changed while its statement ran");
        run_->current.reset();
        if (run_->next_row < run_->answer.rows.size()) {
            run_->current = std::make_unique<RecordedValues>(run_->answer.rows[run_->next_row++]);
            return true;
        }
        complete();
        return false;
    }

    void reset() noexcept {
        if (run_ == nullptr) return;
        last_column_count_ = run_->answer.column_count();
        run_.reset();
        for (Parameter& parameter : parameters_) parameter.is_bound = false;
        --state_->recording.running;
    }

    void finish() {
        const std::exception_ptr failure = run_ != nullptr ? run_->answer.failure_at_finish : nullptr;
        reset();
        if (failure) std::rethrow_exception(failure);
    }

    Summary summary() const noexcept { return Summary{*state_}; }

    int column_count() const {
        if (run_ != nullptr) return run_->answer.column_count();
        const Answer* next = state_->recording.peek_answer(sql_);
        return next != nullptr ? next->column_count() : last_column_count_;
    }
    int parameter_count() const { return static_cast<int>(parameters_.size()); }
    std::string_view column_name(int column) const {
        return run_ == nullptr ? std::string_view{} : run_->answer.columns.at(static_cast<std::size_t>(column));
    }
    std::string_view sql() const { return sql_; }
    bool read_only() const { return !sql_.starts_with("INSERT") && !sql_.starts_with("UPDATE"); }
    Cell cell(int column) const {
        if (run_ == nullptr || run_->current == nullptr) throw std::logic_error("there is no row");
        return Cell{run_->current->at(static_cast<std::size_t>(column))};
    }

private:
    struct Parameter {
        RecordedValue value{};
        std::optional<std::string_view> borrowed_text{};
        std::optional<Bytes> borrowed_blob{};
        const ValueList* borrowed_list = nullptr;
        bool is_bound = false;

        RecordedValue read() const {
            if (!is_bound) throw std::logic_error("a parameter was not bound");
            if (borrowed_text) return *borrowed_text;
            if (borrowed_blob) return *borrowed_blob;
            return borrowed_list != nullptr ? RecordedValue{*borrowed_list} : value;
        }
        void keep(std::string_view text) { borrowed_text = text; }
        void keep(Bytes blob) { borrowed_blob = blob; }
    };
    struct Run {
        Answer answer;
        RecordedValues values;
        std::size_t next_row = 0;
        bool at_end = false;
        std::unique_ptr<RecordedValues> current{};  ///< gone at the next step, as SQLite's
    };

    /// The highest `?N`; a `?` alone is one more than those before it.
    static std::size_t count_parameters(std::string_view sql) {
        std::size_t count = 0;
        char quote = 0;
        for (std::size_t i = 0; i < sql.size(); ++i) {
            if (quote != 0) {
                if (sql[i] == quote) quote = 0;
            } else if (sql[i] == '\'' || sql[i] == '"') {
                quote = sql[i];
            } else if (sql[i] == '?' || sql[i] == '$') {
                std::size_t number = 0;
                while (i + 1 < sql.size() && sql[i + 1] >= '0' && sql[i + 1] <= '9') {
                    number = number * 10 + static_cast<std::size_t>(sql[++i] - '0');
                }
                if (number == 0) number = count + 1;
                if (number > count) count = number;
            }
        }
        return count;
    }

    Parameter& parameter(int index) {
        if (run_ != nullptr) throw std::logic_error("bound while the statement runs");
        Parameter& parameter = parameters_.at(static_cast<std::size_t>(index - 1));
        parameter = {};
        parameter.is_bound = true;
        return parameter;
    }
    template <class View>
    void keep(int index, View value, Lifetime lifetime) {
        Parameter& parameter = this->parameter(index);
        if (lifetime == Lifetime::copied) {
            parameter.value = RecordedValue{value};
        } else {
            parameter.keep(value);
        }
    }

    RecordedValues bound_values() const {
        RecordedValues values;
        for (const Parameter& parameter : parameters_) values.push_back(parameter.read());
        return values;
    }

    void start() {
        RecordedValues values = bound_values();
        state_->recording.executed.push_back({sql_, values});
        Answer answer = state_->recording.take_answer(sql_).value_or(Answer{});
        run_ = std::make_unique<Run>(Run{std::move(answer), std::move(values)});
        ++state_->recording.running;
        if (const auto meanwhile = std::exchange(run_->answer.meanwhile, {})) meanwhile();
    }

    void complete() {
        const Answer& answer = run_->answer;
        if (const std::exception_ptr failure = answer.failure) {
            if (answer.ends_transaction) state_->end();
            reset();
            std::rethrow_exception(failure);
        }
        state_->follow(sql_);
        const bool is_insert = sql_.starts_with("INSERT");
        if (is_insert)
            state_->last_insert_id = answer.last_insert_id != 0 ? answer.last_insert_id : state_->last_insert_id + 1;
        if (is_insert || sql_.starts_with("UPDATE") || sql_.starts_with("DELETE")) {
            state_->changes = answer.changes;
            state_->revision += answer.changes;
        }
        run_->at_end = true;
    }

    std::shared_ptr<State> state_;
    std::string sql_;
    std::vector<Parameter> parameters_{};
    std::unique_ptr<Run> run_{};
    int last_column_count_ = 0;
};

class RecordingBackend::Database {
public:
    explicit Database(Recording& recording) : state_(std::make_shared<State>(State{recording})) {}

    Statement prepare(std::string_view sql, bool) {
        state_->recording.prepared.emplace_back(sql);
        state_->recording.check_text(sql);
        return Statement{state_, sql};
    }
    void execute_script(std::string_view sql) {
        state_->recording.check_text(sql);
        Statement statement{state_, sql};
        while (statement.step()) {
        }
    }
    /// Written down as a statement of this text; it is not prepared.
    void run(Verb verb) { execute_script(text_of(verb)); }
    static std::string_view text_of(Verb verb) {
        static constexpr std::string_view texts[verb_count]{"BEGIN DEFERRED",
                                                            "BEGIN IMMEDIATE",
                                                            "BEGIN EXCLUSIVE",
                                                            "COMMIT",
                                                            "ROLLBACK",
                                                            "SAVEPOINT mica",
                                                            "RELEASE mica",
                                                            "ROLLBACK TO mica",
                                                            "refuse writes",
                                                            "allow writes",
                                                            "defer foreign keys",
                                                            "check foreign keys",
                                                            "ignore foreign keys",
                                                            "enforce foreign keys",
                                                            "leave references",
                                                            "follow references"};
        return texts[static_cast<std::size_t>(verb)];
    }
    /// None, so that all are created.
    static bool has_table(std::string_view, std::string_view) { return false; }
    std::int64_t revision() const noexcept { return state_->revision; }
    bool in_transaction() const noexcept { return state_->in_transaction; }

private:
    std::shared_ptr<State> state_;
};

inline RecordingBackend::Database RecordingBackend::open(const Target& target) {
    target.recording->targets.push_back(target.url);
    if (target.recording->refuses_to_open) std::rethrow_exception(target.recording->refuses_to_open);
    return Database{*target.recording};
}

static_assert(Backend<RecordingBackend>);

}  // namespace mica::test
