// SPDX-License-Identifier: BSL-1.0
// The steps that make the tables of a database those of the structs: known, shown and judged before any is taken.
#pragma once

#include <mica/core/list_view.hpp>
#include <mica/core/text.hpp>
#include <mica/migration/schema_step.hpp>
#include <mica/migration/table_info.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica {

/// The steps in their order; empty where nothing is to be done. A template, so that only programs that make a plan
/// compile it.
template <class Step>
class BasicSchemaPlan {
public:
    BasicSchemaPlan() = default;
    explicit BasicSchemaPlan(std::vector<Step> steps) noexcept : steps_(std::move(steps)) {}

    bool empty() const noexcept { return steps_.empty(); }
    std::size_t size() const noexcept { return steps_.size(); }
    auto begin() const noexcept { return steps_.begin(); }
    auto end() const noexcept { return steps_.end(); }
    const Step& operator[](std::size_t index) const noexcept { return steps_[index]; }

    bool is_lossy() const noexcept {
        for (const Step& step : steps_) {
            if (step.loses) return true;
        }
        return false;
    }
    bool is_rebuild() const noexcept {
        for (const Step& step : steps_) {
            if (step.rebuilds) return true;
        }
        return false;
    }

    /// Each step with its reason and its SQL, for people; empty where nothing is to be done.
    std::string to_string() const {
        std::string text;
        for (const Step& step : steps_) {
            detail::append(text, {"-- ", step.table, ": ", step.reason, step.loses ? " (LOSSY)" : "",
                                  step.rebuilds ? " (rebuild of " : "",
                                  step.rebuilds ? detail::Decimal{step.rows} : std::string_view{},
                                  step.rebuilds ? " rows)" : "", "\n", step.sql, ";\n"});
        }
        return text;
    }

    /// The plan as the C++ text of a migration, to be pasted into a history and read there. It refuses the values that
    /// a step would change silently, as sync() does.
    std::string as_migration(int version, std::string_view name) const {
        std::string sql = "\n";
        for (const Step& step : steps_) {
            for (const auto& check : step.checks) {
                if (check.is_silent) add_refusal(sql, check.sql, check.problem);
            }
            // The new table takes the old one's name, and so its place in views and triggers: see sync().
            detail::append(sql, {step.rebuilds ? "PRAGMA legacy_alter_table = ON;\n" : "", step.sql, ";\n",
                                 step.rebuilds ? "PRAGMA legacy_alter_table = OFF;\n" : ""});
        }
        std::string end = "sql";
        while (sql.find(detail::join({")", end, "\""})) != sql.npos) detail::append(end, {"_"});
        std::string text;
        detail::append(text, {"mica::migration<", detail::Decimal{version}, ">(\""});
        for (const char& c : name) detail::append(text, {c == '"' || c == '\\' ? "\\" : "", detail::letter(c)});
        detail::append(text,
                       {"\", R\"", end, "(", sql, ")", end, "\")", is_rebuild() ? ".without_foreign_keys()" : ""});
        return text;
    }

    /// Into any stream that takes text.
    template <class Stream>
    friend auto operator<<(Stream& stream, const BasicSchemaPlan& plan) -> decltype(stream << std::string_view{}) {
        return stream << plan.to_string();
    }

private:
    /// Of the rows that a query finds: a constraint is what SQL alone can refuse them by.
    static void add_refusal(std::string& text, std::string_view query, std::string_view problem) {
        detail::append(text, {"CREATE TEMP TABLE mica_check (found TEXT, CONSTRAINT \""});
        for (const char& c : problem) detail::append(text, {c == '"' ? "\"" : "", detail::letter(c)});
        detail::append(text,
                       {"\" CHECK (0));\nINSERT INTO temp.mica_check ", query, ";\nDROP TABLE temp.mica_check;\n"});
    }

    std::vector<Step> steps_;
};

using SchemaPlan = BasicSchemaPlan<SchemaStep>;

namespace detail {

/// Tells how many rows a table has.
template <class Text>
struct RowCounter {
    void* context;
    std::int64_t (*count)(void* context, const BasicTableInfo<Text>& table);
};

/// What leads from the tables that are there to those that are expected.
template <class Text = std::string>
[[gnu::cold]] BasicSchemaPlan<BasicSchemaStep<Text>> plan_schema(const std::vector<BasicTableInfo<Text>>& expected,
                                                                 std::vector<BasicTableInfo<Text>> actual,
                                                                 ListView<SchemaChange> changes, RowCounter<Text> rows);

}  // namespace detail

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/migration/impl/schema_plan.ipp>
#endif
