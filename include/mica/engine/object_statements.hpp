// SPDX-License-Identifier: BSL-1.0
// Whole objects, one or any number of them: inserted, updated, removed and found by their keys, all of them or none.
#pragma once

#include <mica/engine/bind_object.hpp>
#include <mica/engine/change_rows.hpp>
#include <mica/engine/chosen_key.hpp>
#include <mica/engine/generated_fields.hpp>
#include <mica/engine/insert_rows.hpp>
#include <mica/engine/object_range.hpp>
#include <mica/engine/read_by_keys.hpp>
#include <mica/engine/stale_object.hpp>
#include <mica/engine/statement_runner.hpp>
#include <mica/engine/write_back.hpp>
#include <mica/query/by_key/select_by_keys.hpp>
#include <mica/query/by_key/upsert_by_key.hpp>
#include <mica/query/by_key/write_by_key.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

// Defined in session/object/ref.hpp.
template <class Owner>
class Ref;

namespace detail {

template <class Candidate>
inline constexpr bool is_handle = false;
template <class Owner>
inline constexpr bool is_handle<Ref<Owner>> = true;

/// Says why something is not an object that a connection can write.
template <class Candidate>
consteval bool require_object() {
    static_assert(!is_handle<Candidate>,
                  "mica: a handle's object belongs to its session, which writes what changed at its flush; a "
                  "connection takes the object itself, *ref");
    if constexpr (is_handle<Candidate>) {
        return false;
    } else {
        return require_objects_of<Candidate>();
    }
}

}  // namespace detail

/// Statements made of whole objects. A part of Connection.
/// Each takes one object or any range of them. Several are written all or none: what throws has changed nothing,
/// neither rows nor objects. An empty range runs nothing at all.
template <class BackendType>
class ObjectStatements : public StatementRunner<BackendType> {
public:
    using StatementRunner<BackendType>::StatementRunner;

    /// Inserts objects; gives the number of rows. Of a range, eight and more go through one statement: quicker than a
    /// loop. A key that the database chose is written into its object, unless that is const, or its range can be walked
    /// over only once; generated columns too, and the defaults of columns whose field holds nothing (see mapping.md).
    /// Any other key is stored as given. Throws IntegrityError, DataError where a chosen key does not fit its field,
    /// and SchemaMismatch where the database's table chooses none; of a range, the error says which object was refused.
    template <class Objects>
    std::int64_t insert(Objects&& objects) const {
        return insert_range<detail::EntityIn<Objects>>(detail::as_range(objects));
    }
    template <class Owner>
    std::int64_t insert(std::initializer_list<Owner> objects) const {
        return insert_range<Owner>(objects);
    }

    /// Inserts objects, or where a row has an object's primary key already, writes all columns but that key's and
    /// generated ones to it: whoever writes last is right, and a version<> goes up by one. Gives the number of rows.
    /// It writes every field as it is: a default is for insert() to choose. What the database chose or computed is
    /// written into the objects as by insert(), and the version that a row has now. Throws as insert() does,
    /// IntegrityError also where another row has a value that is unique.
    template <class Objects>
    std::int64_t upsert(Objects&& objects) const {
        return upsert_range<detail::EntityIn<Objects>>(detail::as_range(objects));
    }
    template <class Owner>
    std::int64_t upsert(std::initializer_list<Owner> objects) const {
        return upsert_range<Owner>(objects);
    }

    /// Writes all columns of each object, but its key's and generated ones, to the row with its key; gives the number
    /// of rows: an object without a row is not counted. With version<>, a row must have the version of its object,
    /// which counts one more then; the object too, where insert() would write its key. Of a range whose keys are one
    /// integer, ascend and lie close to each other, as of rows that were read, eight and more go through one statement:
    /// quicker than a loop. Throws IntegrityError, and StaleDataError where a row has another version than its object,
    /// or is not there.
    template <class Objects>
    std::int64_t update(Objects&& objects) const {
        return update_range<detail::EntityIn<Objects>>(detail::as_range(objects));
    }
    template <class Owner>
    std::int64_t update(std::initializer_list<Owner> objects) const {
        return update_range<Owner>(objects);
    }

    /// Removes the rows with the objects' keys; gives the number of rows: an object without a row is not counted. A
    /// range is taken as by update().
    /// Throws IntegrityError, and with version<> StaleDataError as update() does.
    template <class Objects>
    std::int64_t remove(Objects&& objects) const {
        return remove_range<detail::EntityIn<Objects>>(detail::as_range(objects));
    }
    template <class Owner>
    std::int64_t remove(std::initializer_list<Owner> objects) const {
        return remove_range<Owner>(objects);
    }

    /// The object with this key, the key's values in the key's order; empty where there is none. Throws DataError where
    /// its row does not fit.
    template <class Owner, class... Keys>
    std::optional<Owner> get(Keys&&... keys) const {
        if constexpr (!require_entity<Owner>()) {
            return {};
        } else if constexpr (detail::require_key<Owner, detail::AsGiven<Keys>...>()) {
            detail::require_owned<Owner>();
            return std::apply(
                [this](const auto&... each) {
                    return this->first_row(SelectByKey<Owner, std::remove_cvref_t<decltype(each)>...>{{}, {each...}});
                },
                detail::key_values<Owner>(detail::as_given(keys)...));
        } else {
            return {};
        }
    }

    /// The objects with these keys, tuples where a key has several columns: as many as there are keys, in their order,
    /// empty where there is no row. A key that is there twice gives its object twice. Throws DataError where a row does
    /// not fit, and what a codec throws.
    /// Cost: one SELECT, whatever their number, that looks for one key after the other.
    template <class Owner, class Keys>
    std::vector<std::optional<Owner>> get_many(Keys&& keys) const {
        std::vector<std::optional<Owner>> objects;
        if constexpr (require_entity<Owner>()) {
            if constexpr (detail::require_keys<Owner, std::remove_reference_t<Keys>>()) {
                read_many(KeyLists<Owner>{keys}, objects);
            }
        }
        return objects;
    }
    template <class Owner>
    std::vector<std::optional<Owner>> get_many(std::initializer_list<typename detail::KeyOf<Owner>::Type> keys) const {
        return get_many<Owner, decltype(keys)&>(keys);
    }

private:
    using typename StatementRunner<BackendType>::Lease;
    using typename StatementRunner<BackendType>::Sink;
    template <class Owner, class Range, int column>
    using WriteBack = detail::WriteBack<Owner, detail::keeps_mutable<Owner, Range>() ? column : -1,
                                        detail::is_single<std::remove_cvref_t<Range>>>;

    template <class Owner, class Range>
    using Computed =
        detail::ComputedFields<Owner, detail::has_generated_fields<Owner> && detail::keeps_mutable<Owner, Range>()>;

    template <class Owner, class Range>
    using Chosen = std::conditional_t<detail::has_default_fields<Owner> && detail::keeps_mutable<Owner, Range>(),
                                      detail::ChosenFields<Owner>, Computed<Owner, Range>>;

    template <class Owner, class Range>
    std::int64_t insert_range(Range&& range) const {
        using Given = std::remove_cvref_t<Range>;
        if constexpr (!detail::require_object<Owner>()) {
            return 0;
        } else if constexpr (detail::is_single<Given> || Computed<Owner, Range>::can_refuse ||
                             detail::has_default_fields<Owner> || detail::moves_objects<Range>) {
            return write_each<Owner>(range);
        } else if constexpr (detail::is_contiguous<Range>) {
            auto object = std::begin(range);
            const auto count = static_cast<std::size_t>(std::end(range) - object);
            if (count == 0) return 0;
            return insert_source<Owner>(detail::source_of<Owner, Range>(detail::address_of(*object), count));
        } else if constexpr (detail::gives_objects<Range>) {
            const auto places = detail::places_of(range);
            if constexpr (!detail::keeps_objects<Range>) {
                if (!detail::are_distinct(places)) return write_each<Owner>(range);
            }
            return insert_source<Owner>(detail::source_of<Owner, Range>(places));
        } else if constexpr (std::constructible_from<Owner, decltype(*std::begin(range))>) {
            return insert_blocks<Owner>(range);
        } else {
            return write_each<Owner>(range);
        }
    }

    /// By a statement for each, after which what the database computed and chose for it is read.
    template <class Owner, class Range>
    std::int64_t write_each(Range& range) const {
        return write_whole<Owner, Insert<Owner>, -1, Chosen<Owner, Range>>(range, detail::BindNewRow<Owner>{});
    }

    template <class Owner>
    std::int64_t insert_source(detail::RowSource source) const {
        if (source.count == 0) return 0;
        return detail::insert_rows(this->open_connection(), this->template info_of<Insert<Owner>>(), table_of<Owner>(),
                                   source);
    }

    /// Of a range that makes its objects as it is walked over, or has each only until the next.
    template <class Owner, class Range>
    std::int64_t insert_blocks(Range& range) const {
        constexpr std::size_t block_size = 1024;
        auto object = std::begin(range);
        const auto end = std::end(range);
        if (!(object != end)) return 0;
        BasicSavepoint<BackendType> scope{this->open_connection()};
        std::vector<Owner> block;
        std::size_t first_index = 0;
        std::int64_t changed = 0;
        while (object != end) {
            block.push_back(*object);
            ++object;
            if (block.size() < block_size && object != end) continue;
            auto source = detail::source_of<Owner, const std::vector<Owner>>(block.data(), block.size());
            source.first_index = first_index;
            changed += insert_source<Owner>(source);
            first_index += block.size();
            block.clear();
        }
        scope.commit();
        return changed;
    }

    template <class Owner, class Range>
    std::int64_t upsert_range(Range&& range) const {
        if constexpr (!detail::require_object<Owner>()) {
            return 0;
        } else if constexpr (detail::require_upsert<Owner>()) {
            return write_whole<Owner, UpsertByKey<Owner>, table_of<Owner>().version, Computed<Owner, Range>>(
                std::forward<Range>(range), detail::BindWholeRow<Owner>{});
        } else {
            return 0;
        }
    }

    /// Writes all of each object's row by a statement after which it may have another key, other generated values and,
    /// where its row was there and `version` is a column, another version.
    template <class Owner, class Statement, int version, class Computed, class Bind, class Range>
    std::int64_t write_whole(Range&& range, Bind bind) const {
        constexpr int key = table_of<Owner>().generated_key;
        using Keys = WriteBack<Owner, Range, key>;
        Keys keys;
        WriteBack<Owner, Range, version> versions;
        Computed computed;
        const auto finish = [&](auto& object, const auto& summary, std::int64_t changed, std::int64_t) {
            if (changed == 0) return;
            std::int64_t chosen = 0;
            if constexpr (key >= 0) {
                if (generated_key_in<Owner>(object) == 0) {
                    chosen = summary.generated_key();
                    keys.add(object, chosen);
                }
            }
            if constexpr (version >= 0) {
                if (chosen == 0) versions.add(object, detail::read_version(this->open_connection(), object));
            }
            computed.read(this->open_connection(), object, chosen);
        };
        constexpr bool is_single = detail::is_single<std::remove_cvref_t<Range>>;
        constexpr bool can_refuse = Keys::can_refuse || version >= 0 || Computed::can_refuse;
        std::int64_t changed = 0;
        if constexpr (is_single && !can_refuse) {
            changed = run_one<Statement>(range, keys, bind, finish);
        } else {
            changed = run_all<Statement>(range, keys, bind, finish);
        }
        versions.write();
        computed.write();
        return changed;
    }

    template <class Owner, class Range>
    std::int64_t update_range(Range&& range) const {
        if constexpr (!detail::require_object<Owner>()) {
            return 0;
        } else if constexpr (detail::require_changeable<Owner>()) {
            constexpr int version = table_of<Owner>().version;
            WriteBack<Owner, Range, version> versions;
            const auto bind = [&](auto& object, Sink& sink) {
                if constexpr (version >= 0) versions.add(object, version_in<Owner>(object) + 1);
                bind_changes<Owner>(object, sink);
            };
            Computed<Owner, Range> computed;
            const std::int64_t changed = run_by_key<Owner, UpdateByKey<Owner>>(range, versions, bind, computed);
            computed.write();
            return changed;
        } else {
            return 0;
        }
    }

    template <class Owner, class Range>
    std::int64_t remove_range(Range&& range) const {
        if constexpr (detail::require_object<Owner>()) {
            WriteBack<Owner, Range, -1> nothing;
            const auto bind = [](auto& object, Sink& sink) { bind_key_and_version<Owner>(object, sink); };
            detail::ComputedFields<Owner, false> removed;
            return run_by_key<Owner, DeleteByKey<Owner>>(range, nothing, bind, removed);
        } else {
            return 0;
        }
    }

    /// What is not found is nothing to complain about, unless its version counts.
    template <class Owner, class Query, class Range, class Chosen, class Bind, class Computed>
    std::int64_t run_by_key(Range& range, Chosen& chosen, Bind bind, Computed& computed) const {
        if constexpr (!Computed::can_refuse && detail::has_ascending_keys<Owner, Range>()) {
            if (const auto changed = detail::change_at_once<Owner, Query>(this->open_connection(), range, chosen))
                return *changed;
        }
        const auto finish = [&](auto& object, const auto&, std::int64_t changed, std::int64_t index) {
            if constexpr (table_of<Owner>().version >= 0) {
                if (changed == 0) detail::throw_stale_object<Owner>(this->open_connection(), object, index);
            }
            if (changed != 0) computed.read(this->open_connection(), object, 0);
        };
        if constexpr (detail::is_single<std::remove_const_t<Range>> && !Computed::can_refuse) {
            return run_one<Query>(range, chosen, bind, finish);
        } else {
            return run_all<Query>(range, chosen, bind, finish);
        }
    }

    /// In a transaction or savepoint of its own.
    template <class Query, class Range, class Chosen, class Bind, class Finish>
    std::int64_t run_all(Range& range, Chosen& chosen, Bind bind, Finish finish) const {
        auto object = std::begin(range);
        const auto end = std::end(range);
        if (!(object != end)) return 0;
        BasicSavepoint<BackendType> scope{this->open_connection()};
        std::int64_t changed = 0;
        {
            Lease statement = this->open_connection().acquire(this->template info_of<Query>());
            for (std::int64_t index = 0; object != end; ++object, ++index) {
                changed += run_for(*statement, *object, index, bind, finish);
            }
            statement.end(changed);
        }
        scope.commit();
        chosen.write();
        return changed;
    }

    /// A single statement is atomic by itself.
    template <class Query, class Single, class Chosen, class Bind, class Finish>
    std::int64_t run_one(const Single& single, Chosen& chosen, Bind bind, Finish finish) const {
        Lease statement = this->open_connection().acquire(this->template info_of<Query>());
        const std::int64_t changed = run_for(*statement, *single.object, 0, bind, finish);
        chosen.write();
        statement.end(changed);
        return changed;
    }

    template <class Object, class Bind, class Finish>
    std::int64_t run_for(CachedStatement<BackendType>& entry, Object&& object, std::int64_t index, Bind& bind,
                         Finish& finish) const {
        if constexpr (requires { Bind::wants_key(object); }) {
            if (Bind::wants_key(object)) detail::require_chosen_key(this->open_connection(), entry, Bind::table());
        }
        Sink sink{entry.statement};
        bind(object, sink);
        entry.statement.step();
        entry.statement.reset();
        const auto summary = entry.statement.summary();
        const std::int64_t changed = summary.changed();
        finish(object, summary, changed, index);
        return changed;
    }

    template <class Owner>
    void read_many(const KeyLists<Owner>& keys, std::vector<std::optional<Owner>>& objects) const {
        detail::require_owned<Owner>();
        objects.resize(keys.size());
        if (objects.empty()) return;
        detail::read_by_keys<Owner>(this->open_connection(), keys, objects);
    }
};

}  // namespace mica
