// SPDX-License-Identifier: BSL-1.0
// What Session, Connection and Reader share, as one type: reading by statements.
#pragma once

#include <mica/engine/reader.hpp>

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

/// A parameter that a Session, a Connection and a Reader convert to, for functions that read and need not know from
/// what: `std::vector<Car> fast_cars(mica::AnyReader from)`. What a session has not written yet is flushed first, as by
/// its own members. Two pointers: pass it by value.
/// Lifetime: refers to what it was made of. Thread safety: as that has.
template <class BackendType>
class [[nodiscard]] BasicAnyReader {
public:
    template <class Holder>
        requires std::same_as<typename std::remove_const_t<Holder>::AnyReader, BasicAnyReader>
    BasicAnyReader(Holder& holder) noexcept
        : holder_(const_cast<void*>(static_cast<const void*>(&holder))),
          run_([](void* from, const Inspection* reads, void* action, Call call) {
              static_cast<Holder*>(from)->run_reading(reads, action, call);
          }) {}

    /// As those of Connection, see StatementRunner; those that write do not compile.
    template <StatementLike Query>
    auto execute(const Query& query) const {
        return run<Query>([&query](const auto& runner) { return runner.execute(query); });
    }
    template <StatementLike Query>
    auto all(const Query& query) const {
        return run<Query>([&query](const auto& runner) { return runner.all(query); });
    }
    template <StatementLike Query>
    auto views(Query query) const {
        if constexpr (detail::require_reading<detail::is_reading<Query>>()) {
            Open* open = nullptr;
            run_(holder_, &inspection_of<Query>, &open,
                 [](void* into, Open& connection) { *static_cast<Open**>(into) = &connection; });
            return StatementRunner<BackendType>{*open}.views(std::move(query));
        } else {
            return detail::RefusedViews{};
        }
    }
    template <StatementLike Query>
    auto first(const Query& query) const {
        return run<Query>([&query](const auto& runner) { return runner.first(query); });
    }
    template <StatementLike Query>
    auto one(const Query& query) const {
        return run<Query>([&query](const auto& runner) { return runner.one(query); });
    }
    template <StatementLike Query>
    auto one_or_none(const Query& query) const {
        return run<Query>([&query](const auto& runner) { return runner.one_or_none(query); });
    }
    template <StatementLike Query>
    auto scalar(const Query& query) const {
        return run<Query>([&query](const auto& runner) { return runner.scalar(query); });
    }
    /// SQL text that gives rows.
    template <class Row, class... Arguments>
    auto execute(std::string_view sql, Arguments&&... arguments) const {
        return run_on(nullptr, [&](const auto& runner) {
            return runner.template execute<Row>(sql, detail::as_given(arguments)...);
        });
    }

private:
    using Open = detail::OpenConnection<BackendType>;
    using Call = void (*)(void* action, Open& connection);

    template <class Query, class Action>
    auto run(Action action) const {
        if constexpr (detail::require_reading<detail::is_reading<Query>>()) {
            return run_on(&inspection_of<Query>, action);
        } else {
            return action(detail::RefusedReader{});
        }
    }
    /// `reads` is null where it is not known what is read.
    template <class Action>
    auto run_on(const Inspection* reads, Action action) const {
        using Result = decltype(action(std::declval<const StatementRunner<BackendType>&>()));
        struct Run {
            Action& action;
            std::optional<Result> result{};
        } made{action};
        run_(holder_, reads, &made, [](void* into, Open& connection) {
            Run& run = *static_cast<Run*>(into);
            run.result.emplace(run.action(StatementRunner<BackendType>{connection}));
        });
        return std::move(*made.result);
    }

    void* holder_;
    void (*run_)(void* holder, const Inspection* reads, void* action, Call call);
};

/// A Session, a Connection or a Reader: `auto newest(mica::Readable auto& from) { return from.one(query); }`.
template <class Candidate>
concept Readable = requires { typename Candidate::AnyReader; };

}  // namespace mica
