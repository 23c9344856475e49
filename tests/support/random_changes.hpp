// SPDX-License-Identifier: BSL-1.0
// Rows for random tables, and what a program may do with the objects of some of them before it flushes.
#pragma once

#include "random_tables.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace mica::test {

class RandomWorld {
public:
    RandomWorld(Random& random, RandomTables& tables) : random_(random) {
        for (RandomTable& table : tables.tables) all_.push_back(&table);
        given_.resize(all_.size());
    }

    std::vector<RandomObject> objects{};  ///< tracked and others

    /// Rows that agree with all constraints.
    void fill() {
        for (RandomTable* const table : all_) {
            for (std::size_t i = 2 + random_.below(4); i > 0; --i) add_row(*table);
        }
        drop_duplicates();
        for (RandomObject& object : objects) {
            for (const RandomReference& reference : object.table->references) {
                if (object.now[reference.columns[0]]) continue;
                if (!is_nullable(*object.table, reference) || random_.chance(80)) point(object, reference);
            }
        }
        for (std::size_t before = objects.size() + 1; before != objects.size();) {
            before = objects.size();
            drop_duplicates();
            std::vector<RandomObject> whole;
            std::ranges::copy_if(objects, std::back_inserter(whole),
                                 [&](const RandomObject& each) { return is_whole(each); });
            objects = std::move(whole);
        }
        const int tracked = std::array{40, 70, 90, 100}[random_.below(4)];
        for (RandomObject& object : objects) {
            object.old = object.now;
            object.is_tracked = random_.chance(tracked);
            object.follows.resize(object.table->references.size());
        }
    }

    void change() {
        for (std::size_t steps = 1 + random_.below(7); steps > 0; --steps) {
            const std::size_t kind = random_.below(100);
            if (kind < 22) {
                remove();
            } else if (kind < 45) {
                insert();
            } else if (kind < 62) {
                rename();
            } else if (kind < 92) {
                move();
            } else if (RandomObject* const object = any_live()) {
                object->now.back() = std::to_string(1 + random_.below(99));
            }
        }
        if (random_.chance(90)) mend();
        for (RandomObject& object : objects) {
            if (object.is_removed) object.now = *object.old;
            if (!object.old || object.is_removed || !object.is_tracked) continue;
            for (std::size_t i = 0; i < object.follows.size(); ++i) {
                const RandomReference& reference = object.table->references[i];
                const KeyOf key = key_of(object.now, reference.columns);
                const RandomObject* const parent = key ? had(reference, *key) : nullptr;
                object.follows[i] = parent != nullptr && parent->is_tracked &&
                                    key == key_of(*object.old, reference.columns) && random_.chance(25);
            }
        }
    }

private:
    static bool is_nullable(const RandomTable& table, const RandomReference& reference) {
        return table.columns[reference.columns[0]].is_nullable;
    }
    const RandomObject* had(const RandomReference& reference, const std::vector<std::string>& key) const {
        for (const RandomObject& object : objects) {
            if (object.table == reference.parent && object.old &&
                key_of(*object.old, reference.parent_columns()) == key)
                return &object;
        }
        return nullptr;
    }

    void add_row(RandomTable& table) {
        RandomObject object{.table = &table, .now = values(table)};
        for (const RandomReference& reference : table.references) {
            if (!std::ranges::any_of(reference.columns, [&](std::size_t c) { return contains(table.keys[0], c); }))
                continue;
            if (!point(object, reference)) return;
        }
        objects.push_back(object);
    }
    Row values(const RandomTable& table) {
        Row row(table.columns.size());
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (table.is_in_reference(i) || (table.columns[i].is_nullable && random_.chance(30))) continue;
            row[i] = random_.value(table.columns[i].is_text);
        }
        return row;
    }
    static bool contains(const Columns& columns, std::size_t column) {
        return std::find(columns.begin(), columns.end(), column) != columns.end();
    }

    /// Refers to any row that will be there.
    bool point(RandomObject& object, const RandomReference& reference) {
        std::vector<KeyOf> keys;
        for (const RandomObject& parent : objects) {
            if (parent.table != reference.parent || parent.is_removed) continue;
            if (KeyOf key = key_of(parent.now, reference.parent_columns())) keys.push_back(key);
        }
        if (keys.empty()) return false;
        const KeyOf& key = random_.pick(keys);
        for (std::size_t i = 0; i < reference.columns.size(); ++i) object.now[reference.columns[i]] = (*key)[i];
        return true;
    }
    void drop_duplicates() {
        std::set<std::tuple<std::size_t, std::size_t, std::vector<std::string>>> seen;
        std::erase_if(objects, [&](const RandomObject& object) {
            for (std::size_t i = 0; i < object.table->keys.size(); ++i) {
                const KeyOf key = key_of(object.now, object.table->keys[i]);
                if (key && seen.contains({object.table->number, i, *key})) return true;
            }
            for (std::size_t i = 0; i < object.table->keys.size(); ++i) {
                if (const KeyOf key = key_of(object.now, object.table->keys[i]))
                    seen.insert({object.table->number, i, *key});
            }
            return false;
        });
    }
    bool is_whole(const RandomObject& object) const {
        for (std::size_t i = 0; i < object.now.size(); ++i) {
            if (!object.now[i] && !object.table->columns[i].is_nullable) return false;
        }
        for (const RandomReference& reference : object.table->references) {
            if (const KeyOf key = key_of(object.now, reference.columns); key && !is_there(reference, *key))
                return false;
        }
        return true;
    }
    bool is_there(const RandomReference& reference, const std::vector<std::string>& key) const {
        return std::ranges::any_of(objects, [&](const RandomObject& parent) {
            return parent.table == reference.parent && !parent.is_removed &&
                   key_of(parent.now, reference.parent_columns()) == key;
        });
    }

    std::vector<RandomObject*> live(const RandomTable* table = nullptr, const RandomObject* but = nullptr) {
        std::vector<RandomObject*> found;
        for (RandomObject& object : objects) {
            const bool counts = object.is_tracked && !object.is_removed && &object != but;
            if (counts && (table == nullptr || object.table == table)) found.push_back(&object);
        }
        return found;
    }
    RandomObject* any_live() {
        const std::vector<RandomObject*> all = live();
        return all.empty() ? nullptr : random_.pick(all);
    }

    void remove() {
        RandomObject* const object = any_live();
        if (object == nullptr) return;
        if (object->old) {
            object->is_removed = true;
            given_[object->table->number].push_back(*object->old);
        } else {
            objects.erase(objects.begin() + (object - objects.data()));
        }
    }

    void insert() {
        RandomTable& table = *random_.pick(all_);
        RandomObject object{.table = &table, .now = values(table)};
        object.follows.resize(table.references.size());
        std::vector<Row>& given = given_[table.number];
        if (!given.empty() && random_.chance(75)) {
            const Row& former = random_.pick(given);
            for (const Columns& key : table.keys) {
                if (!random_.chance(80)) continue;
                for (const std::size_t column : key) {
                    if (!table.is_in_reference(column)) object.now[column] = former[column];
                }
            }
            if (random_.chance(40)) {
                for (const RandomReference& reference : table.references) {
                    for (const std::size_t column : reference.columns) object.now[column] = former[column];
                }
            }
        } else if (table.is_generated) {
            object.is_generated = true;
            object.now[table.keys[0][0]] = std::to_string(1000 + generated_++);
        }
        for (const RandomReference& reference : table.references) {
            if (object.now[reference.columns[0]]) continue;
            if (is_nullable(table, reference) && random_.chance(30)) continue;
            if (point(object, reference)) continue;
            const KeyOf own =
                reference.parent == &table ? key_of(object.now, reference.parent_columns()) : std::nullopt;
            if (is_nullable(table, reference)) continue;
            if (!own) return;
            for (std::size_t i = 0; i < own->size(); ++i) object.now[reference.columns[i]] = (*own)[i];
        }
        objects.push_back(object);
    }

    void rename() {
        RandomObject* const object = any_live();
        if (object == nullptr || object->is_generated) return;
        std::vector<Columns> choices;
        for (const Columns& key : object->table->keys) {
            Columns free;
            for (const std::size_t column : key) {
                if (!object->table->is_in_reference(column)) free.push_back(column);
            }
            if (!free.empty()) choices.push_back(free);
        }
        if (choices.empty()) return;
        const Columns& columns = random_.pick(choices);
        std::vector<RandomObject*> same = live(object->table, object);
        std::erase_if(same, [](const RandomObject* each) { return each->is_generated; });
        std::vector<Row>& given = given_[object->table->number];
        if (object->old) given.push_back(*object->old);
        const std::size_t kind = random_.below(100);
        if (kind < 40 && !same.empty()) {
            RandomObject* const other = random_.pick(same);
            for (const std::size_t column : columns) std::swap(object->now[column], other->now[column]);
        } else if (kind < 55 && same.size() > 1) {
            for (const std::size_t column : columns) {
                std::swap(object->now[column], same[0]->now[column]);
                std::swap(same[0]->now[column], same[1]->now[column]);
            }
        } else if (kind < 70 && !given.empty()) {
            const Row& former = random_.pick(given);
            for (const std::size_t column : columns) object->now[column] = former[column];
        } else {
            for (const std::size_t column : columns)
                object->now[column] = random_.value(object->table->columns[column].is_text);
        }
    }

    void move() {
        std::vector<RandomObject*> children = live();
        std::erase_if(children, [](const RandomObject* each) { return each->table->references.empty(); });
        if (children.empty()) return;
        RandomObject* const object = random_.pick(children);
        const RandomReference& reference = random_.pick(object->table->references);
        const bool is_key = std::ranges::any_of(object->table->keys, [&](const Columns& key) {
            return std::ranges::any_of(reference.columns, [&](std::size_t column) { return contains(key, column); });
        });
        const std::vector<RandomObject*> same = live(object->table, object);
        if (is_key && random_.chance(40) && !same.empty()) {
            RandomObject* const other = random_.pick(same);
            for (const std::size_t column : reference.columns) std::swap(object->now[column], other->now[column]);
        } else if (is_nullable(*object->table, reference) && random_.chance(10)) {
            for (const std::size_t column : reference.columns) object->now[column] = std::nullopt;
        } else {
            point(*object, reference);
        }
    }

    /// References that hang in the air get another row, most of them.
    void mend() {
        for (RandomObject* const object : live()) {
            for (const RandomReference& reference : object->table->references) {
                const KeyOf key = key_of(object->now, reference.columns);
                if (!key || is_there(reference, *key)) continue;
                if (object->old && key_of(*object->old, reference.columns) == key && random_.chance(60)) continue;
                if (point(*object, reference) || !is_nullable(*object->table, reference)) continue;
                for (const std::size_t column : reference.columns) object->now[column] = std::nullopt;
            }
        }
    }

    Random& random_;
    std::vector<RandomTable*> all_{};
    std::vector<std::vector<Row>> given_{};  ///< rows whose keys others may take
    std::size_t generated_ = 0;
};

}  // namespace mica::test
