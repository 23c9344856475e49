// SPDX-License-Identifier: BSL-1.0
// A snapshot of the database that cannot be written to.
#pragma once

#include <mica/engine/connection.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

template <class Query>
inline constexpr bool is_reading = SelectLike<Query> || is_refused<std::remove_cvref_t<Query>>;

/// Says that a Reader runs no statement that could write.
template <bool is_reading>
consteval bool require_reading() {
    static_assert(is_reading, "mica: a Reader cannot write; write through engine.write(), a session or a connection");
    return is_reading;
}

/// Answers for the rows of a statement that a reader refuses, and says nothing more.
struct RefusedReader {
    template <class Query>
    auto execute(const Query&) const {
        return Refused<typename Query::Row>{};
    }
    template <class Query>
    auto all(const Query&) const {
        return RefusedRows<Query>{}.all();
    }
    template <class Query>
    auto views(const Query&) const {
        return RefusedViews{};
    }
    template <class Query>
    auto first(const Query&) const {
        return RefusedRows<Query>{}.first();
    }
    template <class Query>
    auto one(const Query&) const {
        return RefusedRows<Query>{}.one();
    }
    template <class Query>
    auto one_or_none(const Query&) const {
        return RefusedRows<Query>{}.one_or_none();
    }
    template <class Query>
    auto scalar(const Query&) const {
        return RefusedRows<Query>{}.scalar();
    }
};

}  // namespace detail

/// Reads from one state of the database, that of its first statement, whatever others commit meanwhile (BEGIN DEFERRED,
/// query_only). On a file it waits for no writer, and none for it. In memory nobody else can use the engine's one
/// connection from its first statement to its end.
/// Thread safety: one thread at a time. Lifetime: may outlive its engine.
template <class BackendType>
class [[nodiscard]] BasicReader {
public:
    using AnyReader = BasicAnyReader<BackendType>;

    explicit BasicReader(detail::PoolReference<BackendType> pool)
        : connection_(std::move(pool), detail::HolderKind::reader) {}
    BasicReader(const BasicReader&) = delete;
    BasicReader& operator=(const BasicReader&) = delete;
    ~BasicReader() = default;

    /// As those of Connection, see StatementRunner.
    template <StatementLike Query>
    auto execute(const Query& query) const {
        if constexpr (detail::require_reading<detail::is_reading<Query>>()) {
            return runner().execute(query);
        } else {
            return Refused<typename Query::Row>{};
        }
    }
    template <StatementLike Query>
    auto all(const Query& query) const {
        return rows(query).all(query);
    }
    template <StatementLike Query>
    auto views(Query query) const {
        return rows(query).views(std::move(query));
    }
    template <StatementLike Query>
    auto first(const Query& query) const {
        return rows(query).first(query);
    }
    template <StatementLike Query>
    auto one(const Query& query) const {
        return rows(query).one(query);
    }
    template <StatementLike Query>
    auto one_or_none(const Query& query) const {
        return rows(query).one_or_none(query);
    }
    template <StatementLike Query>
    auto scalar(const Query& query) const {
        return rows(query).scalar(query);
    }

    /// As those of Connection, see ObjectStatements.
    template <class Owner, class... Keys>
    std::optional<Owner> get(Keys&&... keys) const {
        return begun().template get<Owner>(detail::as_given(keys)...);
    }
    template <class Owner, class Keys>
    std::vector<std::optional<Owner>> get_many(Keys&& keys) const {
        return begun().template get_many<Owner>(std::forward<Keys>(keys));
    }
    template <class Owner>
    std::vector<std::optional<Owner>> get_many(std::initializer_list<typename detail::KeyOf<Owner>::Type> keys) const {
        return begun().template get_many<Owner>(keys);
    }

    /// Do not compile.
    template <class Objects>
    std::int64_t insert(const Objects&) const {
        return detail::require_reading<is_none<Objects>>();
    }
    template <class Objects>
    std::int64_t upsert(const Objects&) const {
        return detail::require_reading<is_none<Objects>>();
    }
    template <class Objects>
    std::int64_t update(const Objects&) const {
        return detail::require_reading<is_none<Objects>>();
    }
    template <class Objects>
    std::int64_t remove(const Objects&) const {
        return detail::require_reading<is_none<Objects>>();
    }

    /// SQL text that gives rows, see StatementRunner. Throws OperationalError where it would write.
    template <class Row = void, class... Arguments>
    auto execute(std::string_view sql, Arguments&&... arguments) const {
        static_assert(!std::is_void_v<Row>, "mica: a Reader only reads: name the type of the rows, execute<Row>(sql)");
        if constexpr (std::is_void_v<Row>) {
            return Refused<void>{};
        } else {
            return runner().template execute<Row>(sql, detail::as_given(arguments)...);
        }
    }

    /// As that of Connection.
    BasicInterruptHandle<BackendType> interrupt_handle() const { return connection_.interrupt_handle(); }

    /// For AnyReader.
    void run_reading(const Inspection*, void* action, void (*call)(void*, detail::OpenConnection<BackendType>&)) const {
        call(action, begun().open());
    }

private:
    StatementRunner<BackendType> runner() const { return StatementRunner<BackendType>{begun().open()}; }

    /// The connection, with the transaction that its first statement begins.
    const BasicConnection<BackendType>& begun() const {
        if (!has_begun_) [[unlikely]]
            begin();
        return connection_;
    }
    [[gnu::cold, gnu::noinline]] void begin() const {
        detail::OpenConnection<BackendType>& open = connection_.open();
        open.pin();
        open.refuse_writes();
        detail::begin_transaction(open, TransactionMode::deferred);
        has_begun_ = true;
    }

    /// Who answers for the rows of a query: in place of one that writes, somebody who says nothing more.
    template <class Query>
    auto rows(const Query&) const {
        if constexpr (detail::require_reading<detail::is_reading<Query>>()) {
            return runner();
        } else {
            return detail::RefusedReader{};
        }
    }

    BasicConnection<BackendType> connection_;
    mutable bool has_begun_ = false;
};

}  // namespace mica
