// SPDX-License-Identifier: BSL-1.0
// What the database has computed for objects that were written, read back into them once all of them have been.
#pragma once

#include <mica/core/list.hpp>
#include <mica/engine/statement_runner.hpp>
#include <mica/query/by_key/write_by_key.hpp>
#include <mica/schema/column_default.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace mica::detail {

template <class Owner>
consteval auto find_generated_fields() {
    std::array<bool, reflect::field_count<Owner>> generated{};
    const Table& table = table_of<Owner>();
    for (std::size_t i = 0; i < generated.size(); ++i) {
        const std::size_t column = table.column_of(reflect::field_addresses<Owner>[i]);
        generated[i] = column < table.columns.size() && table.columns[column].is_generated;
    }
    return generated;
}

/// Which fields the database computes.
template <class Owner>
inline constexpr auto generated_fields = find_generated_fields<Owner>();

template <class Owner>
consteval bool find_generated_field() {
    for (const bool is_generated : generated_fields<Owner>) {
        if (is_generated) return true;
    }
    return false;
}

template <class Owner>
inline constexpr bool has_generated_fields = find_generated_field<Owner>();

/// Takes the generated fields of one object over into another.
struct TakeGenerated {
    const bool* generated;

    template <class... To>
    auto into(To&... to) const {
        return [this, &to...](auto&... from) {
            const bool* is_generated = generated;
            (take(to, from, *is_generated++), ...);
        };
    }
    template <class Field>
    static void take(Field& to, Field& from, bool is_generated) {
        if constexpr (Storable<Field> || Embedded<without_optional<Field>>) {
            if (is_generated) to = std::move(from);
        }
    }
};

/// Reads the row of an object that was written; `key` is the one that the database chose, where it did.
template <class Owner>
struct SelectWritten : Statement<SelectWritten<Owner>> {
    using Row = Owner;

    const Owner& object;
    std::int64_t key;

    static constexpr ListView<ColumnOrigin> origins() { return SelectByKey<Owner>::origins(); }
    static constexpr void render(SqlWriter& writer) { SelectByKey<Owner>::render(writer); }
    template <class Sink>
    void bind(Sink& sink) const {
        key != 0 ? sink.integer(key) : bind_key(object, sink);
    }
};

/// The version that the row of an object has now; that of the object where there is no row.
template <class BackendType, class Owner>
std::int64_t read_version(OpenConnection<BackendType>& connection, const Owner& object) {
    const StatementLease<BackendType> statement =
        connection.acquire(select_version(table_of<Owner>(), BackendType::dialect));
    BindSink<typename BackendType::Statement> sink{statement->statement};
    bind_key(object, sink);
    return statement->statement.step() ? statement->statement.cell(0).integer() : version_in(object);
}

/// What the database has computed for objects that stay where they are.
template <class Owner, bool is_needed>
class ComputedFields {
public:
    static constexpr bool can_refuse = true;

    /// Throws DataError where a value does not fit its field; no object has changed then.
    template <class BackendType>
    void read(OpenConnection<BackendType>& connection, Owner& object, std::int64_t key) {
        auto statement =
            StatementRunner<BackendType>{connection}.start(SelectWritten<Owner>{{}, object, key}, Lifetime::borrowed);
        if (!statement->statement.step()) return;  // a trigger has removed it
        rows_.push_back({&object, Owner{}});
        read_row(*statement, rows_.back().row);
        statement.end();
    }
    void write() { write(generated_fields<Owner>.data()); }

protected:
    void write(const bool* taken) {
        const TakeGenerated take{taken};
        for (Written& each : rows_) {
            reflect::with_fields(*each.object, [&](auto&... to) { reflect::with_fields(each.row, take.into(to...)); });
        }
    }

private:
    struct Written {
        Owner* object;
        Owner row;
    };
    List<Written> rows_{};
};

/// Nothing, where the database computes nothing or the objects cannot be changed.
template <class Owner>
class ComputedFields<Owner, false> {
public:
    static constexpr bool can_refuse = false;

    template <class BackendType, class Object>
    void read(OpenConnection<BackendType>&, Object&, std::int64_t) noexcept {}
    void write() noexcept {}
};

template <class Owner>
consteval auto find_chosen_fields() {
    auto chosen = generated_fields<Owner>;
    for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = chosen[i] || default_fields<Owner>[i];
    return chosen;
}

template <class Owner>
inline constexpr auto chosen_fields = find_chosen_fields<Owner>();

/// What the database has computed for new objects, and chosen where they left it to do so.
template <class Owner>
class ChosenFields : public ComputedFields<Owner, true> {
    using Base = ComputedFields<Owner, true>;

public:
    template <class BackendType>
    void read(OpenConnection<BackendType>& connection, Owner& object, std::int64_t key) {
        if (has_generated_fields<Owner> || leaves_defaults(object)) Base::read(connection, object, key);
    }
    void write() { Base::write(chosen_fields<Owner>.data()); }
};

}  // namespace mica::detail
