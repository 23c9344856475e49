// SPDX-License-Identifier: BSL-1.0
// The rows of a SELECT as views into the database's memory: to be looked at one by one, nothing is copied.
#pragma once

#include <mica/engine/collect_rows.hpp>
#include <mica/engine/connection_reference.hpp>
#include <mica/engine/statement_checks.hpp>
#include <mica/engine/view_row.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

// Defined in engine/statement_runner.hpp.
template <class BackendType>
class StatementRunner;

namespace detail {

template <class Term>
inline constexpr bool is_plain_name = is_whole_entity<Term>;
template <class Entity, auto... path>
inline constexpr bool is_plain_name<ColumnRef<Entity, path...>> = true;
template <class From, auto... path>
inline constexpr bool is_plain_name<AliasColumn<From, path...>> = true;

/// Whether the database can hand over the rows by itself, see collected_text().
template <class Query>
inline constexpr bool is_collected_view = false;
template <class... Terms, class From, class Where>
inline constexpr bool is_collected_view<Select<SelectList<Terms...>, From, Where, None, None, None>> =
    (is_plain_name<Terms> && ...) && !is_none<From> &&
    !is_dynamic<Select<SelectList<Terms...>, From, Where, None, None, None>>();

/// What is left of a statement that views() refuses.
struct RefusedViewRow {
    template <auto...>
    Invalid get() const;
    template <class Any>
    Invalid operator[](const Any&) const;
    Invalid copy() const;
};
struct RefusedViews {
    const RefusedViewRow* begin() const;
    const RefusedViewRow* end() const;
    template <class Any>
    void for_each(const Any&) const {}
};

/// Says what keeps a statement from being looked at.
template <class Query>
consteval bool require_viewable() {
    if constexpr (is_refused<Query>) {
        return false;
    } else {
        static_assert(SelectLike<Query>, "mica: views() looks at the rows of a SELECT; run what writes by execute()");
        if constexpr (SelectLike<Query>) {
            return require_runnable<Query>();
        } else {
            return false;
        }
    }
}

}  // namespace detail

/// The rows of a SELECT, each there until the next one is read: an input range, to be walked over once, or given to a
/// function. The SELECT runs when that begins. It can neither be copied nor moved.
/// Lifetime: ends with its connection, whose return makes every further read a ProgrammingError.
template <class BackendType, class Query>
class [[nodiscard]] BasicViews {
public:
    using Row = ViewRow<BackendType, Query>;
    /// What an iterator is compared with.
    struct End {};

    class Iterator {
    public:
        using value_type = Row;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;
        explicit Iterator(BasicViews& views) noexcept : views_(&views) {}
        /// The current row; the next takes its place.
        const Row& operator*() const noexcept { return views_->row_; }
        const Row* operator->() const noexcept { return &views_->row_; }
        Iterator& operator++() {
            views_->read_next();
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(End) const noexcept { return views_->row_.entry_ == nullptr; }

    private:
        BasicViews* views_ = nullptr;
    };

    BasicViews(detail::OpenConnection<BackendType>& connection, Query query)
        : connection_(connection), hold_(connection), query_(std::move(query)) {}
    BasicViews(const BasicViews&) = delete;
    BasicViews& operator=(const BasicViews&) = delete;
    ~BasicViews() = default;

    /// Runs the SELECT up to its first row, once. Throws what stepping throws, ProgrammingError at the second time.
    Iterator begin() {
        begin_once();
        statement_ = StatementRunner<BackendType>{*connection_}.start(query_, Lifetime::borrowed);
        step();
        return Iterator{*this};
    }
    End end() const noexcept { return {}; }

    /// Runs the SELECT, once, and calls `visit` with each row: `for_each([](const auto& row) { … })`. Quicker than a
    /// loop where it is neither ordered, limited nor grouped and reads whole entities or columns: the database goes
    /// from one row to the next by itself then. What `visit` throws ends that and is thrown on. It may use the
    /// connection, but not give it back or destroy it. Throws as a loop would.
    template <class Visit>
    void for_each(Visit&& visit) {
        constexpr bool takes_rows = std::is_invocable_v<Visit&, const Row&>;
        static_assert(takes_rows, "mica: for_each() of views takes a function of a row, [](const auto& row) {}");
        if constexpr (takes_rows) {
            begin_once();
            if constexpr (detail::is_collected_view<Query>) {
                if (visit_collected(visit)) return hold_.release();
            }
            statement_ = StatementRunner<BackendType>{*connection_}.start(query_, Lifetime::borrowed);
            for (step(); row_.entry_ != nullptr; read_next()) visit(std::as_const(row_));
        }
    }

private:
    using Entry = CachedStatement<BackendType>;

    void begin_once() {
        if (was_begun_) [[unlikely]]
            detail::throw_misuse("the rows of views are read once; all() keeps them in a std::vector");
        was_begun_ = true;
        hold_.require_alive();
    }

    void read_next() {
        if (row_.entry_ == nullptr) return;
        row_.end();  // also where the step fails: a further one would run the statement again
        hold_.require_alive();
        step();
    }

    void step() {
        if (statement_->statement.step()) {
            row_.entry_ = &*statement_;
            row_.hold_ = &hold_;
        } else {
            statement_.end();
            hold_.release();
        }
    }

    /// False where the rows have to be read one by one; none has been visited then.
    template <class Visit>
    bool visit_collected(Visit& visit) {
        constexpr const StatementInfo& collected = detail::collected_info<Query, BackendType::dialect>;
        if (!collected.sql.starts_with("SELECT ")) return false;  // but WITH
        struct Visited {
            Row& row;
            Visit& visit;
            ~Visited() { row.end(); }
        } visited{row_, visit};
        const detail::RowList<BackendType> list{&visited,
                                                [](void* to, const Entry& entry) {
                                                    auto& self = *static_cast<Visited*>(to);
                                                    self.row.entry_ = &entry;
                                                    self.visit(std::as_const(self.row));
                                                },
                                                [](void* from) {  // called while the error is handled
                                                    const Entry* const entry = static_cast<Visited*>(from)->row.entry_;
                                                    if (entry != nullptr)
                                                        detail::rethrow_as_written(entry->statement.sql(),
                                                                                   collected.sql);
                                                }};
        return detail::collect_rows(*connection_, collected, detail::BoundQuery<BackendType>::of(query_), list);
    }

    detail::ConnectionReference<BackendType> connection_;  // outlives the statement
    detail::StatementLease<BackendType> hold_;             ///< of the connection, from the beginning on
    Query query_;
    detail::StatementLease<BackendType> statement_{};
    bool was_begun_ = false;
    Row row_{};
};

}  // namespace mica
