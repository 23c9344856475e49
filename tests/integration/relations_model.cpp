// SPDX-License-Identifier: BSL-1.0
// Thousands of random steps that link and part objects, each flush compared with a model that is a few maps: what is
// loaded, the keys in the objects, and the rows.
#include <mica/mica.hpp>

#include <support/page_limit.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace relations_model {

struct Item;
struct Label;
struct Mark;
struct ItemMark;
struct Part;

struct Box {
    std::int64_t id = 0;
    mica::HasMany<Item> items{};
    mica::HasOne<Label> label{};
    static constexpr auto mapping() { return mica::table("box", mica::autoincrement); }
};

struct Label {
    std::int64_t id = 0;
    std::optional<std::int64_t> box_id{};
    mica::BelongsTo<Box> box{};
    static constexpr auto mapping() {
        return mica::table("label", mica::autoincrement, mica::unique<&Label::box_id>,
                           mica::foreign_key<&Label::box_id, &Box::id>.on_delete(mica::set_null));
    }
};

struct Item {
    std::int64_t id = 0;
    std::optional<std::int64_t> box_id{};
    mica::BelongsTo<Box> box{};
    mica::ManyToMany<Mark, ItemMark> marks{};
    mica::HasMany<Part, mica::owned> parts{};
    static constexpr auto mapping() {
        return mica::table("item", mica::autoincrement,
                           mica::foreign_key<&Item::box_id, &Box::id>.on_delete(mica::set_null));
    }
};

struct Mark {
    std::int64_t id = 0;
    std::optional<std::string> name{};
    mica::ManyToMany<Item, ItemMark> items{};
    static constexpr auto mapping() { return mica::table("mark", mica::autoincrement, mica::unique<&Mark::name>); }
};

struct ItemMark {
    std::int64_t item_id = 0;
    std::int64_t mark_id = 0;
    static constexpr auto mapping() {
        return mica::table("item_mark", mica::primary_key<&ItemMark::item_id, &ItemMark::mark_id>,
                           mica::foreign_key<&ItemMark::item_id, &Item::id>.on_delete(mica::cascade),
                           mica::foreign_key<&ItemMark::mark_id, &Mark::id>.on_delete(mica::cascade));
    }
};

/// Cannot be without its item, and goes with it although the table does not say so.
struct Part {
    std::int64_t id = 0;
    std::int64_t item_id = 0;
    mica::BelongsTo<Item> item{};
    static constexpr auto mapping() {
        return mica::table("part", mica::autoincrement, mica::foreign_key<&Part::item_id, &Item::id>);
    }
};

namespace {

using namespace relations_model;
using mica::Ref;

/// What there is to be, by the addresses of the objects.
struct World {
    std::vector<Ref<Box>> boxes{};
    std::vector<Ref<Label>> labels{};
    std::vector<Ref<Item>> items{};
    std::vector<Ref<Mark>> marks{};
    std::vector<Ref<Part>> parts{};
    std::map<const Item*, const Box*> box_of{};
    std::map<const Label*, const Box*> box_of_label{};
    std::map<const Part*, const Item*> item_of{};
    std::set<std::pair<const Item*, const Mark*>> marked{};
};

template <class Key, class Found>
const Found* at(const std::map<const Key*, const Found*>& map, const Key* key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : found->second;
}

template <class Entity>
void forget(std::vector<Ref<Entity>>& refs, const Entity* gone) {
    std::erase_if(refs, [&](const Ref<Entity>& ref) { return ref.get() == gone; });
}

template <class Entity>
Ref<Entity> ref_of(const std::vector<Ref<Entity>>& refs, const Entity* object) {
    for (const Ref<Entity>& ref : refs) {
        if (ref.get() == object) return ref;
    }
    return {};
}

using Keys = std::map<std::int64_t, std::optional<std::int64_t>>;
using Pairs = std::set<std::pair<std::int64_t, std::int64_t>>;

class RelationsModel : public testing::TestWithParam<unsigned> {
protected:
    RelationsModel() {
        engine.create_all<Box, Label, Item, Mark, ItemMark, Part>();
        mica::test::limit_pages(engine, 200);
    }

    std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>{0, count - 1}(random); }
    template <class Entity>
    Ref<Entity> any(const std::vector<Ref<Entity>>& refs) {
        return refs.empty() ? Ref<Entity>{} : refs[below(refs.size())];
    }

    void flush() {
        session.flush();
        wishes.clear();
    }
    /// Two sides of a relation must not want two things, so what has a wish waits for the flush.
    bool wish(std::initializer_list<const void*> objects) {
        for (const void* object : objects) {
            if (object != nullptr && wishes.contains(object)) flush();
        }
        for (const void* object : objects) wishes.insert(object);
        return true;
    }

    /// What wants to go to a parent that is removed is not what this is about.
    template <class Child, class Parent>
    void flush_before_losing(const Parent* parent, const std::map<const Child*, const Parent*>& parents) {
        for (const auto& [child, of] : parents) {
            if (of == parent) wish({child});
        }
        wish({parent});
    }

    void step() {
        switch (below(16)) {
            case 0: now.boxes.push_back(session.add(Box{})); break;
            case 1: now.items.push_back(session.add(Item{})); break;
            case 2: now.marks.push_back(session.add(Mark{})); break;
            case 3:
                if (const Ref<Box> box = any(now.boxes)) {
                    now.items.push_back(box->items.add(Item{}));
                    now.box_of[now.items.back().get()] = box.get();
                    wish({now.items.back().get()});
                }
                break;
            case 4:
            case 5:
            case 6:
                if (const Ref<Item> item = any(now.items)) move(item, below(4) == 0 ? Ref<Box>{} : any(now.boxes));
                break;
            case 7:
            case 8: mark(any(now.items), any(now.marks)); break;
            case 9: label(any(now.boxes)); break;
            case 10: add_part(any(now.items)); break;
            case 11: move_part(any(now.parts), any(now.items)); break;
            case 12: remove_part(any(now.parts)); break;
            case 13: remove_item(any(now.items)); break;
            case 14: remove_box(any(now.boxes)); break;
            default: remove_mark(any(now.marks)); break;
        }
    }

    void move(const Ref<Item>& item, const Ref<Box>& to) {
        const Ref<Box> from = ref_of(now.boxes, at(now.box_of, item.get()));
        if (from == to) return;
        wish({item.get()});
        switch (below(4)) {
            case 0:
                if (from) {
                    EXPECT_TRUE(from->items.remove(item));
                }
                if (to) {
                    EXPECT_TRUE(to->items.add(item));
                }
                break;
            case 1:
                if (to) {
                    EXPECT_TRUE(to->items.add(item));
                    break;
                }
                [[fallthrough]];
            case 2: item->box = to; break;
            default:
                flush();
                wish({item.get()});
                item->box_id = to ? std::optional{to->id} : std::nullopt;
                break;
        }
        now.box_of[item.get()] = to.get();
    }

    void mark(const Ref<Item>& item, const Ref<Mark>& mark) {
        if (!item || !mark) return;
        const std::pair<const Item*, const Mark*> both{item.get(), mark.get()};
        // Only what is written is known at the other end.
        if (!wishes.contains(&pairs)) pairs.clear();
        const bool by_item = pairs.contains(both) ? pairs[both] : below(2) == 0;
        if (now.marked.erase(both) != 0) {
            EXPECT_TRUE(by_item ? item->marks.remove(mark) : mark->items.remove(item));
        } else {
            now.marked.insert(both);
            EXPECT_TRUE(by_item ? item->marks.add(mark) : mark->items.add(item));
        }
        pairs[both] = by_item;
        wishes.insert(&pairs);
    }

    /// Gives a box another label, which leaves the box where it was, and parts it from the one that it had.
    void label(const Ref<Box>& box) {
        if (!box) return;
        Ref<Label> old{};
        for (const Ref<Label>& each : now.labels) {
            if (at(now.box_of_label, each.get()) == box.get()) old = each;
        }
        Ref<Label> next = below(3) == 0 ? Ref<Label>{} : any(now.labels);
        const bool is_new = !next && below(2) == 0;
        if (next == old && !is_new) return;
        wish({box.get(), old.get(), next.get(), next ? at(now.box_of_label, next.get()) : nullptr});
        if (is_new) {
            box->label = Label{};
            next = box->label;
            now.labels.push_back(next);
            wish({next.get()});
        } else if (next) {
            box->label = next;
        } else {
            box->label.reset();
        }
        if (old) now.box_of_label[old.get()] = nullptr;
        if (next) now.box_of_label[next.get()] = box.get();
    }

    void add_part(const Ref<Item>& item) {
        if (!item) return;
        Ref<Part> part{};
        if (below(2) == 0) {
            part = item->parts.add(Part{});
        } else {
            part = session.add(Part{.item = item});
        }
        wish({part.get()});
        now.item_of[part.get()] = item.get();
        now.parts.push_back(part);
    }
    void move_part(const Ref<Part>& part, const Ref<Item>& to) {
        if (!part || !to) return;
        const Ref<Item> from = ref_of(now.items, at(now.item_of, part.get()));
        if (from == to) return;
        wish({part.get()});
        switch (below(4)) {
            case 0: EXPECT_TRUE(from->parts.remove(part)); [[fallthrough]];
            case 1: EXPECT_TRUE(to->parts.add(part)); break;
            case 2: part->item = to; break;
            default:
                flush();
                wish({part.get()});
                part->item_id = to->id;
                break;
        }
        now.item_of[part.get()] = to.get();
    }
    void remove_part(const Ref<Part>& part) {
        if (!part) return;
        wish({part.get()});
        if (below(2) == 0) {
            session.remove(part);
        } else {
            EXPECT_TRUE(ref_of(now.items, at(now.item_of, part.get()))->parts.remove(part));
        }
        forget_part(part.get());
    }
    void forget_part(const Part* part) {
        forget(now.parts, part);
        now.item_of.erase(part);
    }

    void remove_item(const Ref<Item>& item) {
        if (!item) return;
        flush_before_losing(item.get(), now.item_of);
        session.remove(item);
        forget(now.items, item.get());
        now.box_of.erase(item.get());
        std::erase_if(now.marked, [&](const auto& both) { return both.first == item.get(); });
        const std::map<const Part*, const Item*> parts = now.item_of;
        for (const auto& [part, of] : parts) {
            if (of == item.get()) forget_part(part);
        }
        if (below(2) == 0) flush();
    }
    void remove_box(const Ref<Box>& box) {
        if (!box) return;
        flush_before_losing(box.get(), now.box_of);
        flush_before_losing(box.get(), now.box_of_label);
        session.remove(box);
        forget(now.boxes, box.get());
        for (auto& [item, of] : now.box_of) {
            if (of == box.get()) of = nullptr;
        }
        for (auto& [label, of] : now.box_of_label) {
            if (of == box.get()) of = nullptr;
        }
        if (below(2) == 0) flush();
    }
    void remove_mark(const Ref<Mark>& mark) {
        if (!mark) return;
        session.remove(mark);
        forget(now.marks, mark.get());
        std::erase_if(now.marked, [&](const auto& both) { return both.second == mark.get(); });
    }

    /// After a flush.
    void compare() {
        std::size_t placed = 0;
        for (const Ref<Box>& box : now.boxes) {
            for (const auto& item : box->items) EXPECT_EQ(at(now.box_of, item.get()), box.get());
            placed += box->items.size();
            if (box->label) {
                EXPECT_EQ(at(now.box_of_label, box->label.get().get()), box.get());
            }
        }
        for (const Ref<Item>& item : now.items) {
            const Box* const box = at(now.box_of, item.get());
            EXPECT_EQ(item->box.get().get(), box);
            EXPECT_EQ(item->box_id, box != nullptr ? std::optional{box->id} : std::nullopt);
            if (box != nullptr) --placed;
        }
        EXPECT_EQ(placed, 0U);
        for (const Ref<Label>& label : now.labels) {
            const Box* const box = at(now.box_of_label, label.get());
            EXPECT_EQ(label->box.get().get(), box);
            EXPECT_EQ(label->box_id, box != nullptr ? std::optional{box->id} : std::nullopt);
            if (box != nullptr) {
                EXPECT_EQ(box->label.get(), label);
            }
        }
        compare_parts();
        compare_marks();
        compare_rows();
        EXPECT_TRUE(session.plan().empty());
    }
    void compare_parts() {
        std::size_t owned = 0;
        for (const Ref<Item>& item : now.items) {
            for (const auto& part : item->parts) EXPECT_EQ(at(now.item_of, part.get()), item.get());
            owned += item->parts.size();
        }
        EXPECT_EQ(owned, now.parts.size());
        for (const Ref<Part>& part : now.parts) {
            const Item* const item = at(now.item_of, part.get());
            EXPECT_EQ(part->item.get().get(), item);
            EXPECT_EQ(part->item_id, item->id);
        }
    }
    void compare_marks() {
        std::size_t links = 0;
        for (const Ref<Item>& item : now.items) {
            for (const auto& mark : item->marks) EXPECT_TRUE(now.marked.contains({item.get(), mark.get()}));
            links += item->marks.size();
        }
        EXPECT_EQ(links, now.marked.size());
        for (const Ref<Mark>& mark : now.marks) {
            for (const auto& item : mark->items) EXPECT_TRUE(now.marked.contains({item.get(), mark.get()}));
            links -= mark->items.size();
        }
        EXPECT_EQ(links, 0U);
    }

    void compare_rows() {
        Pairs wanted;
        for (const auto& [item, mark] : now.marked) wanted.insert({item->id, mark->id});
        Pairs found;
        for (const auto& row : session.all(mica::select<ItemMark>())) found.insert({row.item_id, row.mark_id});
        EXPECT_EQ(found, wanted);
        compare_keys<Item>(now.items, [](const Item& item) { return item.box_id; });
        compare_keys<Label>(now.labels, [](const Label& label) { return label.box_id; });
        compare_keys<Part>(now.parts, [](const Part& part) { return std::optional{part.item_id}; });
        compare_keys<Box>(now.boxes, [](const Box&) { return std::nullopt; });
        compare_keys<Mark>(now.marks, [](const Mark&) { return std::nullopt; });
    }
    template <class Entity, class Key>
    void compare_keys(const std::vector<Ref<Entity>>& refs, const Key& key) {
        Keys wanted;
        for (const Ref<Entity>& ref : refs) wanted[ref->id] = key(*ref);
        Keys found;
        for (const Entity& row : session.all(mica::select<Entity>())) found[row.id] = key(row);
        EXPECT_EQ(found, wanted);
    }

    /// All objects anew.
    void reload() {
        session.commit();
        const World before = now;
        session.clear();
        now = {};
        now.boxes = session.query<Box>().with<&Box::items>().with<&Box::label>().all();
        now.labels = session.query<Label>().with<&Label::box>().all();
        now.items = session.query<Item>().with<&Item::box>().with<&Item::marks>().with<&Item::parts>().all();
        now.marks = session.query<Mark>().with<&Mark::items>().all();
        now.parts = session.query<Part>().with<&Part::item>().all();
        for (const auto& [item, box] : before.box_of) now.box_of[renewed(now.items, item)] = renewed(now.boxes, box);
        for (const auto& [label, box] : before.box_of_label) {
            now.box_of_label[renewed(now.labels, label)] = renewed(now.boxes, box);
        }
        for (const auto& [part, item] : before.item_of)
            now.item_of[renewed(now.parts, part)] = renewed(now.items, item);
        for (const auto& [item, mark] : before.marked) {
            now.marked.insert({renewed(now.items, item), renewed(now.marks, mark)});
        }
        committed = now;
    }
    template <class Entity>
    static const Entity* renewed(const std::vector<Ref<Entity>>& refs, const Entity* old) {
        for (const Ref<Entity>& ref : refs) {
            if (old != nullptr && ref->id == old->id) return ref.get();
        }
        return nullptr;
    }

    /// The same objects, their relations read again.
    void load_again() {
        session.load<&Box::items>(now.boxes);
        session.load<&Box::label>(now.boxes);
        session.load<&Label::box>(now.labels);
        session.load<&Item::box>(now.items);
        session.load<&Item::marks>(now.items);
        session.load<&Item::parts>(now.items);
        session.load<&Mark::items>(now.marks);
        session.load<&Part::item>(now.parts);
    }

    /// A row that the database refuses is among them; what is pending stays so.
    void fail() {
        const Ref<Mark> first = session.add(Mark{.name = "taken"});
        const Ref<Mark> second = session.add(Mark{.name = "taken"});
        EXPECT_THROW(session.flush(), mica::IntegrityError);
        EXPECT_EQ(second->id, 0);
        first->name.reset();
        second->name.reset();
        now.marks.push_back(first);
        now.marks.push_back(second);
    }

    /// The disk is full, so SQLite ends the transaction: all of it is to be written again, or given up.
    void fill() {
        const Ref<Mark> big = session.add(Mark{.name = std::string(900'000, 'x')});
        EXPECT_THROW(session.flush(), mica::OperationalError);
        if (!session.in_transaction() && below(3) != 0) {
            session.remove(big);
        } else {
            session.rollback();
            now = committed;
        }
        flush();
    }

    void steps() {
        for (std::size_t count = below(6); count > 0; --count) step();
    }

    void part_of_a_transaction(int depth) {
        auto savepoint = session.begin_nested();
        wishes.clear();
        const World before = now;
        steps();
        if (depth < 2 && below(2) == 0) part_of_a_transaction(depth + 1);
        steps();
        if (below(3) == 0) {
            savepoint.commit();
        } else {
            savepoint.rollback();
            now = before;
        }
        wishes.clear();
        if (below(2) == 0) compare();
    }

    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
    std::mt19937 random{GetParam()};
    std::set<const void*> wishes{};  ///< whose relations were changed since the last flush
    std::map<std::pair<const Item*, const Mark*>, bool> pairs{};
    World now{};
    World committed{};
};

TEST_P(RelationsModel, what_is_loaded_the_keys_and_the_rows_agree_after_every_flush) {
    for (int round = 0; round < 150 && !HasFailure(); ++round) {
        steps();
        switch (below(10)) {
            case 0:
                session.rollback();
                now = committed;
                break;
            case 1:
            case 2: part_of_a_transaction(0); break;
            case 3:
                session.commit();
                committed = now;
                break;
            case 4: reload(); break;
            case 5: load_again(); break;
            case 6: fail(); break;
            case 7: fill(); break;
            default: break;
        }
        flush();
        compare();
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RelationsModel, testing::Range(0U, 20U));

}  // namespace
}  // namespace relations_model
