// SPDX-License-Identifier: BSL-1.0
// Entities whose keys change hands, and their objects in a session, erased: rows as text, whatever the struct.
#pragma once

#include "fragile_backend.hpp"
#include "random_tables.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mica::test::keyed {

struct Pet;
struct Guest;
struct Bill;
struct Line;
struct Seal;
struct Card;

struct Owner {
    std::int64_t id = 0;
    std::optional<std::int64_t> badge{};
    std::optional<std::int64_t> v{};
    HasMany<Pet> pets{};
    HasMany<Guest> guests{};
    HasMany<Bill> bills{};
    HasMany<Line> lines{};
    static constexpr auto mapping() { return table("owner", unique<&Owner::badge>); }
};
struct Pet {
    std::int64_t id = 0;
    std::optional<std::int64_t> owner{};
    std::optional<std::int64_t> v{};
    BelongsTo<Owner> of{};
    static constexpr auto mapping() {
        return table("pet", foreign_key<&Pet::owner, &Owner::id>.on_delete(cascade).on_update(cascade));
    }
};
struct Guest {
    std::int64_t id = 0;
    std::optional<std::int64_t> owner{};
    std::optional<std::int64_t> v{};
    BelongsTo<Owner> of{};
    static constexpr auto mapping() {
        return table("guest", foreign_key<&Guest::owner, &Owner::id>.on_delete(set_null));
    }
};
struct Bill {
    std::int64_t id = 0;
    std::int64_t owner = 0;
    std::optional<std::int64_t> v{};
    BelongsTo<Owner> of{};
    static constexpr auto mapping() { return table("bill", foreign_key<&Bill::owner, &Owner::id>); }
};
struct Line {
    std::int64_t owner = 0;
    std::int64_t number = 0;
    std::optional<std::int64_t> v{};
    BelongsTo<Owner> of{};
    static constexpr auto mapping() {
        return table("line", primary_key<&Line::owner, &Line::number>,
                     foreign_key<&Line::owner, &Owner::id>.on_delete(cascade).on_update(cascade));
    }
};
struct Word {
    std::string code{};
    std::optional<std::string> up{};
    std::optional<std::int64_t> v{};
    HasMany<Word> below{};
    BelongsTo<Word> of{};
    static constexpr auto mapping() {
        return table("word", primary_key<&Word::code>,
                     foreign_key<&Word::up, &Word::code>.on_delete(cascade).on_update(cascade));
    }
};
struct Place {
    std::int64_t x = 0;
    std::string y{};
    std::optional<std::int64_t> v{};
    HasMany<Card> cards{};
    static constexpr auto mapping() { return table("place", primary_key<&Place::x, &Place::y>); }
};
struct Card {
    std::int64_t id = 0;
    std::optional<std::int64_t> x{};
    std::optional<std::string> y{};
    std::optional<std::string> word{};
    std::optional<std::int64_t> v{};
    BelongsTo<Place> of{};
    static constexpr auto mapping() {
        return table("card",
                     foreign_key_to<Place>(from<&Card::x, &Card::y>, to<&Place::x, &Place::y>)
                         .on_delete(set_null)
                         .on_update(cascade),
                     foreign_key<&Card::word, &Word::code>.on_delete(restrict).on_update(cascade));
    }
};
/// Nothing but keys of others.
struct Link {
    std::int64_t owner = 0;
    std::string word{};
    std::optional<std::int64_t> v{};
    static constexpr auto mapping() {
        return table("link", primary_key<&Link::owner, &Link::word>,
                     foreign_key<&Link::owner, &Owner::id>.on_delete(cascade).on_update(cascade),
                     foreign_key<&Link::word, &Word::code>.on_delete(cascade).on_update(cascade));
    }
};
/// Refers to a unique column that is no primary key.
struct Seal {
    std::int64_t id = 0;
    std::optional<std::int64_t> badge{};
    std::optional<std::int64_t> v{};
    static constexpr auto mapping() {
        return table("seal", foreign_key<&Seal::badge, &Owner::badge>.on_delete(set_null).on_update(cascade));
    }
};

/// Values of columns as text.
inline Row row_of(const Table& table, std::string_view snapshot) {
    Row row;
    mica::detail::SnapshotCell cell = mica::detail::first_cell(snapshot);
    for (std::size_t i = 0; i < table.columns.size(); ++i, cell = cell.next()) {
        switch (cell.storage_class()) {
            case StorageClass::null: row.emplace_back(); break;
            case StorageClass::text: row.emplace_back(std::string{cell.text()}); break;
            default: row.emplace_back(std::to_string(cell.integer()));
        }
    }
    return row;
}

/// An object of a session.
struct Thing {
    std::size_t table = 0;
    std::shared_ptr<void> held{};  ///< its handle
    mica::detail::Tracked* tracked = nullptr;
    std::optional<Row> stored{};  ///< its row
    bool is_removed = false;
    bool is_generated = false;

    Row now() const { return row_of(tracked->table(), mica::detail::current_snapshot(*tracked)); }
};

/// What can be done with the objects of one struct.
struct Kind {
    const Table* table;
    std::function<Thing(const Row&)> add;
    std::function<void(const Thing&)> remove;
    std::function<Thing(const std::vector<std::string>&)> get;
    std::function<std::vector<Thing>()> all;
    std::function<void(std::int64_t)> remove_below;  ///< those whose v is
    std::function<void(std::int64_t)> count_up;      ///< adds one to v of those whose v is above
};

/// What can be done with a relation from both sides.
struct RelationUse {
    std::size_t child;
    std::size_t parent;
    std::size_t reference;
    std::function<void(const Thing& child, const Thing* parent)> assign;
    std::function<void(const Thing& parent, const Thing& child)> add;
    std::function<void(const Thing& parent, const Thing& child)> take;
    std::function<void(const Thing& child)> load_parent;
    std::function<std::vector<Thing>(const Thing& parent)> load_children;
    std::function<std::optional<mica::detail::Tracked*>(const Thing& child)> parent_of;  ///< where it is loaded
    std::function<std::optional<std::vector<mica::detail::Tracked*>>(const Thing& parent)> children_of;
};

template <class Entity>
Thing thing_of(std::size_t table, Ref<Entity> ref) {
    if (!ref) return {};
    mica::detail::Tracked* const tracked = ref.tracked();
    return {.table = table, .held = std::make_shared<Ref<Entity>>(std::move(ref)), .tracked = tracked};
}
template <class Entity>
const Ref<Entity>& ref_of(const Thing& thing) {
    return *static_cast<const Ref<Entity>*>(thing.held.get());
}

/// Values of columns as a struct's.
inline std::string snapshot_of(const Table& table, const Row& row) {
    mica::detail::SnapshotBuffer buffer;
    mica::detail::SnapshotSink sink{buffer};
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (!row[i]) {
            sink.null();
        } else if (table.columns[i].storage == StorageClass::text) {
            sink.text(*row[i], Lifetime::borrowed);
        } else {
            sink.integer(std::stoll(*row[i]));
        }
    }
    return std::string{buffer.view()};
}

template <class Session>
struct World {
    Session& session;
    std::vector<Kind> kinds{};
    std::vector<RelationUse> relations{};
    RandomTables tables{};

    explicit World(Session& of) : session(of) {
        add_kind<Owner>([](Session& s, const auto& key) { return s.template get<Owner>(std::stoll(key[0])); });
        add_kind<Pet>([](Session& s, const auto& key) { return s.template get<Pet>(std::stoll(key[0])); });
        add_kind<Guest>([](Session& s, const auto& key) { return s.template get<Guest>(std::stoll(key[0])); });
        add_kind<Bill>([](Session& s, const auto& key) { return s.template get<Bill>(std::stoll(key[0])); });
        add_kind<Line>(
            [](Session& s, const auto& key) { return s.template get<Line>(std::stoll(key[0]), std::stoll(key[1])); });
        add_kind<Word>([](Session& s, const auto& key) { return s.template get<Word>(key[0]); });
        add_kind<Place>([](Session& s, const auto& key) { return s.template get<Place>(std::stoll(key[0]), key[1]); });
        add_kind<Card>([](Session& s, const auto& key) { return s.template get<Card>(std::stoll(key[0])); });
        add_kind<Link>([](Session& s, const auto& key) { return s.template get<Link>(std::stoll(key[0]), key[1]); });
        add_kind<Seal>([](Session& s, const auto& key) { return s.template get<Seal>(std::stoll(key[0])); });
        describe();
        relate<&Pet::of, &Owner::pets>(1, 0);
        relate<&Guest::of, &Owner::guests>(2, 0);
        relate<&Bill::of, &Owner::bills>(3, 0);
        relate<&Line::of, &Owner::lines>(4, 0);
        relate<&Word::of, &Word::below>(5, 5);
        relate<&Card::of, &Place::cards>(7, 6);
    }

    template <class Engine>
    static void create(const Engine& engine) {
        engine.template create_all<Owner, Pet, Guest, Bill, Line, Word, Place, Card, Link, Seal>();
    }

    RandomTable& table(std::size_t number) { return *std::next(tables.tables.begin(), static_cast<long>(number)); }

private:
    template <class Entity, class Get>
    void add_kind(Get get) {
        const std::size_t number = kinds.size();
        Session* const s = &session;
        kinds.push_back(
            {.table = &table_of<Entity>(),
             .add =
                 [=](const Row& row) {
                     Entity made{};
                     mica::read_row(
                         mica::detail::SnapshotSource{table_of<Entity>(), {snapshot_of(table_of<Entity>(), row)}},
                         made);
                     return thing_of(number, s->add(std::move(made)));
                 },
             .remove = [=](const Thing& thing) { s->remove(ref_of<Entity>(thing)); },
             .get = [=](const std::vector<std::string>& key) { return thing_of(number, get(*s, key)); },
             .all =
                 [=] {
                     std::vector<Thing> all;
                     for (const Ref<Entity>& ref : s->template query<Entity>().all())
                         all.push_back(thing_of(number, ref));
                     return all;
                 },
             .remove_below =
                 [=](std::int64_t limit) { s->template query<Entity>().where(col<&Entity::v> < limit).remove(); },
             .count_up =
                 [=](std::int64_t limit) {
                     s->template query<Entity>()
                         .where(col<&Entity::v> > limit)
                         .update(col<&Entity::v> = col<&Entity::v> + 1);
                 }});
    }

    template <auto of, auto children>
    void relate(std::size_t child, std::size_t parent) {
        using Child = mica::reflect::OwnerOf<of>;
        using Parent = mica::reflect::OwnerOf<children>;
        Session* const s = &session;
        relations.push_back(
            {.child = child,
             .parent = parent,
             .reference = 0,
             .assign =
                 [](const Thing& one, const Thing* other) {
                     if (other != nullptr) {
                         (*ref_of<Child>(one)).*of = ref_of<Parent>(*other);
                     } else {
                         ((*ref_of<Child>(one)).*of).reset();
                     }
                 },
             .add = [](const Thing& one,
                       const Thing& other) { ((*ref_of<Parent>(one)).*children).add(ref_of<Child>(other)); },
             .take = [](const Thing& one,
                        const Thing& other) { ((*ref_of<Parent>(one)).*children).remove(ref_of<Child>(other)); },
             .load_parent = [=](const Thing& one) { s->template load<of>(ref_of<Child>(one)); },
             .load_children =
                 [=](const Thing& one) {
                     s->template load<children>(ref_of<Parent>(one));
                     std::vector<Thing> all;
                     for (const auto& each : (*ref_of<Parent>(one)).*children)
                         all.push_back(thing_of(child, Ref<Child>{each}));
                     return all;
                 },
             .parent_of = [](const Thing& one) -> std::optional<mica::detail::Tracked*> {
                 const auto& relation = (*ref_of<Child>(one)).*of;
                 if (!relation.is_loaded()) return {};
                 return relation.get().tracked();
             },
             .children_of = [](const Thing& one) -> std::optional<std::vector<mica::detail::Tracked*>> {
                 const auto& relation = (*ref_of<Parent>(one)).*children;
                 if (!relation.is_loaded()) return {};
                 std::vector<mica::detail::Tracked*> all;
                 for (const auto& each : relation) all.push_back(Ref<Child>{each}.tracked());
                 return all;
             }});
    }

    /// The tables as the oracle wants them.
    void describe() {
        for (const Kind& kind : kinds) {
            RandomTable& table = tables.add();
            table.name = kind.table->name;
            for (const Column& column : kind.table->columns) {
                table.columns.push_back(
                    {std::string{column.name}, column.storage == StorageClass::text, column.nullable});
            }
            table.keys.emplace_back(kind.table->key.begin(), kind.table->key.end());
            table.is_generated = kind.table->generated_key >= 0;
            for (const OptionData& option : kind.table->options) {
                if (option.kind == OptionKind::unique) table.keys.push_back(columns(*kind.table, option.fields));
            }
        }
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            for (const OptionData& option : kinds[i].table->options) {
                if (option.kind != OptionKind::foreign_key) continue;
                RandomReference reference{.columns = columns(*kinds[i].table, option.fields),
                                          .on_delete = option.delete_action,
                                          .on_update = option.update_action};
                std::size_t parent = 0;
                while (kinds[parent].table != &option.target()) ++parent;
                reference.parent = &table(parent);
                const Columns named = columns(*kinds[parent].table, option.target_fields);
                while (reference.parent->keys[reference.key] != named) ++reference.key;
                table(i).references.push_back(reference);
            }
        }
    }
    static Columns columns(const Table& table, const FieldList& fields) {
        Columns found;
        for (std::size_t i = 0; i < fields.count; ++i) found.push_back(table.column_of(fields.addresses[i]));
        return found;
    }
};

}  // namespace mica::test::keyed
