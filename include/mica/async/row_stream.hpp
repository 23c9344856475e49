// SPDX-License-Identifier: BSL-1.0
// The rows of a SELECT in blocks, read as they are asked for.
#pragma once

#include <mica/async/async_core.hpp>
#include <mica/async/token.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

/// A statement that is read on a worker.
template <class BackendType, class Row>
struct StreamState {
    StreamState(std::shared_ptr<AsyncCore<BackendType>> owner, std::size_t rows)
        : core(std::move(owner)), block(rows) {}
    StreamState(const StreamState&) = delete;
    StreamState& operator=(const StreamState&) = delete;
    virtual ~StreamState() = default;

    virtual BasicResult<BackendType, Row> execute(const BasicConnection<BackendType>& on) const = 0;

    /// On the worker; empty behind the last row.
    std::optional<std::vector<Row>> read(Turn& turn) {
        std::optional<std::vector<Row>> rows;
        if (is_over) return rows;
        try {
            if (!connection) lend_within(turn, [&] { connection.emplace(core->engine.connect()); });
            ConnectionInterrupter<BackendType> interrupter{connection->interrupt_handle()};
            const Turn::Interruptible inside{turn, interrupter};
            if (!result) {
                result.emplace(execute(*connection));
                next = result->begin();
            }
            while (next != result->end() && (!rows || rows->size() < block)) {
                if (!rows) rows.emplace().reserve(block);
                rows->push_back(std::move(*next));
                ++next;
            }
            if (next == result->end()) close();
        } catch (...) {
            close();
            throw;
        }
        return rows;
    }
    void close() noexcept {
        is_over = true;
        result.reset();
        connection.reset();
    }

    std::shared_ptr<AsyncCore<BackendType>> core;
    std::size_t block;
    Tenant tenant{};
    std::optional<BasicConnection<BackendType>> connection{};
    std::optional<BasicResult<BackendType, Row>> result{};
    typename BasicResult<BackendType, Row>::Iterator next{};
    bool is_over = false;
};

template <class BackendType, class Query>
struct QueryStream final : StreamState<BackendType, typename Query::Row> {
    using Base = StreamState<BackendType, typename Query::Row>;

    QueryStream(std::shared_ptr<AsyncCore<BackendType>> owner, std::size_t rows, Query given)
        : Base(std::move(owner), rows), query(std::move(given)) {}

    BasicResult<BackendType, typename Query::Row> execute(const BasicConnection<BackendType>& on) const override {
        return on.execute(query);
    }

    Query query;
};

/// Says what can be read in blocks.
template <class Query>
consteval bool require_stream() {
    constexpr bool is_select = SelectLike<Query>;
    static_assert(is_select, "mica: stream() takes a select()");
    if constexpr (is_select) {
        require_owned<typename Query::Row>();
        return require_runnable<Query>() && !holds_view<typename Query::Row>();
    } else {
        return false;
    }
}

}  // namespace detail

/// Rows that are read one block at a time, all from one state of the database. Keeps a worker from its first next()
/// until its last row has been read, an error, or its own end, which stops the statement. Thread safety: one next() at
/// a time. Lifetime: may outlive its engine, but reads nothing more then.
template <class BackendType, class Row>
class [[nodiscard]] BasicRowStream {
public:
    explicit BasicRowStream(std::shared_ptr<detail::StreamState<BackendType, Row>> state) noexcept
        : state_(std::move(state)) {}
    BasicRowStream(BasicRowStream&&) noexcept = default;
    BasicRowStream& operator=(BasicRowStream&& other) noexcept {
        std::swap(state_, other.state_);
        return *this;
    }
    ~BasicRowStream() {
        if (state_) state_->core->dispatcher.evict(state_->tenant, [this] { state_->close(); });
    }

    /// The next rows, at least one; empty behind the last one, and after an error. Gives a
    /// std::optional<std::vector<Row>>. Throws what reading throws; cancelled, the stream ends.
    template <class Token = detail::DefaultToken>
    auto next(Token&& token = Token{}) {
        return detail::initiate<std::optional<std::vector<Row>>>(
            detail::AsyncCore<BackendType>::dispatcher_of(state_->core), {.tenant = &state_->tenant}, token,
            Next{state_});
    }

private:
    struct Next {
        std::shared_ptr<detail::StreamState<BackendType, Row>> state;

        std::optional<std::vector<Row>> operator()(detail::Turn& turn) { return state->read(turn); }
        bool stays() const noexcept { return state->result.has_value(); }
    };

    std::shared_ptr<detail::StreamState<BackendType, Row>> state_;
};

namespace detail {

template <class BackendType, class Query>
auto make_stream(const std::shared_ptr<AsyncCore<BackendType>>& core, Query query, std::size_t block) {
    if constexpr (require_stream<Query>()) {
        if (block == 0) throw_misuse("a block of a stream has at least one row");
        return BasicRowStream<BackendType, typename Query::Row>{
            std::make_shared<QueryStream<BackendType, Query>>(core, block, std::move(query))};
    } else {
        return BasicRowStream<BackendType, int>{nullptr};
    }
}

}  // namespace detail

}  // namespace mica
