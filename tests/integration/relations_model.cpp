// SPDX-License-Identifier: BSL-1.0
// Thousands of random steps that link and unlink objects, each flush compared with a model that is a few maps: what is
// loaded, the keys in the objects, and the rows.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace relations_model {

struct Item;
struct Mark;
struct ItemMark;

struct Box {
    std::int64_t id = 0;
    mica::HasMany<Item> items{};
    static constexpr auto mapping() { return mica::table("box", mica::autoincrement); }
};

struct Item {
    std::int64_t id = 0;
    std::optional<std::int64_t> box_id{};
    mica::BelongsTo<Box> box{};
    mica::ManyToMany<Mark, ItemMark> marks{};
    static constexpr auto mapping() {
        return mica::table("item", mica::autoincrement,
                           mica::foreign_key<&Item::box_id, &Box::id>.on_delete(mica::set_null));
    }
};

struct Mark {
    std::int64_t id = 0;
    mica::ManyToMany<Item, ItemMark> items{};
    static constexpr auto mapping() { return mica::table("mark", mica::autoincrement); }
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

}  // namespace relations_model

namespace {

using namespace relations_model;
using mica::Ref;

/// What there is to be, by the addresses of the objects.
struct World {
    std::vector<Ref<Box>> boxes{};
    std::vector<Ref<Item>> items{};
    std::vector<Ref<Mark>> marks{};
    std::map<const Item*, const Box*> box_of{};
    std::set<std::pair<const Item*, const Mark*>> marked{};
};

template <class Entity>
void forget(std::vector<Ref<Entity>>& refs, const Ref<Entity>& gone) {
    for (std::size_t i = refs.size(); i-- > 0;) {
        if (refs[i] == gone) refs.erase(refs.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

class RelationsModel : public testing::TestWithParam<unsigned> {
protected:
    RelationsModel() { engine.create_all<Box, Item, Mark, ItemMark>(); }

    std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>{0, count - 1}(random); }
    template <class Entity>
    Ref<Entity> any(const std::vector<Ref<Entity>>& refs) {
        return refs.empty() ? Ref<Entity>{} : refs[below(refs.size())];
    }
    static const Box* box_of(const World& world, const Item* item) {
        const auto found = world.box_of.find(item);
        return found == world.box_of.end() ? nullptr : found->second;
    }

    /// Moves an item by one of the ways there are; each leaves it without a second wish.
    void move(const Ref<Item>& item, const Ref<Box>& to) {
        for (const Ref<Box>& box : now.boxes) box->items.remove(item);
        switch (below(3)) {
            case 0:
                if (to) {
                    to->items.add(item);
                    break;
                }
                [[fallthrough]];
            case 1: item->box = to; break;
            default:
                session.flush();
                item->box_id = to ? std::optional{to->id} : std::nullopt;
                break;
        }
        now.box_of[item.get()] = to.get();
    }

    void step() {
        switch (below(12)) {
            case 0: now.boxes.push_back(session.add(Box{})); break;
            case 1: now.items.push_back(session.add(Item{})); break;
            case 2: now.marks.push_back(session.add(Mark{})); break;
            case 3:
                if (const Ref<Box> box = any(now.boxes)) {
                    now.items.push_back(box->items.add(Item{}));
                    now.box_of[now.items.back().get()] = box.get();
                }
                break;
            case 4:
            case 5:
            case 6:
                if (const Ref<Item> item = any(now.items)) move(item, below(4) == 0 ? Ref<Box>{} : any(now.boxes));
                break;
            case 7:
            case 8: mark(any(now.items), any(now.marks)); break;
            case 9: remove_item(any(now.items)); break;
            case 10: remove_box(any(now.boxes)); break;
            default: remove_mark(any(now.marks)); break;
        }
    }

    void mark(const Ref<Item>& item, const Ref<Mark>& mark) {
        if (!item || !mark) return;
        const std::pair<const Item*, const Mark*> both{item.get(), mark.get()};
        const bool by_item = below(2) == 0;
        session.flush();  // so that no wish waits at the other end
        if (now.marked.erase(both) != 0) {
            EXPECT_TRUE(by_item ? item->marks.remove(mark) : mark->items.remove(item));
        } else {
            now.marked.insert(both);
            EXPECT_TRUE(by_item ? item->marks.add(mark) : mark->items.add(item));
        }
    }

    void remove_item(const Ref<Item>& item) {
        if (!item) return;
        session.flush();
        session.remove(item);
        forget(now.items, item);
        now.box_of.erase(item.get());
        std::erase_if(now.marked, [&](const auto& both) { return both.first == item.get(); });
    }
    void remove_box(const Ref<Box>& box) {
        if (!box) return;
        session.flush();
        session.remove(box);
        session.flush();
        forget(now.boxes, box);
        for (auto& [item, of] : now.box_of) {
            if (of == box.get()) of = nullptr;
        }
    }
    void remove_mark(const Ref<Mark>& mark) {
        if (!mark) return;
        session.flush();
        session.remove(mark);
        forget(now.marks, mark);
        std::erase_if(now.marked, [&](const auto& both) { return both.second == mark.get(); });
    }

    /// After a flush.
    void compare() {
        std::size_t placed = 0;
        for (const Ref<Box>& box : now.boxes) {
            for (const auto& item : box->items) EXPECT_EQ(box_of(now, item.get()), box.get());
            placed += box->items.size();
        }
        for (const Ref<Item>& item : now.items) {
            const Box* const box = box_of(now, item.get());
            EXPECT_EQ(item->box.get().get(), box);
            EXPECT_EQ(item->box_id, box != nullptr ? std::optional{box->id} : std::nullopt);
            if (box != nullptr) --placed;
        }
        EXPECT_EQ(placed, 0U);
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
        compare_rows();
        EXPECT_TRUE(session.plan().empty());
    }

    void compare_rows() {
        std::set<std::pair<std::int64_t, std::int64_t>> wanted;
        for (const auto& [item, mark] : now.marked) wanted.insert({item->id, mark->id});
        std::set<std::pair<std::int64_t, std::int64_t>> found;
        for (const auto& row : session.all(mica::select<ItemMark>())) found.insert({row.item_id, row.mark_id});
        EXPECT_EQ(found, wanted);
        std::map<std::int64_t, std::optional<std::int64_t>> boxes;
        for (const Ref<Item>& item : now.items) boxes[item->id] = item->box_id;
        std::map<std::int64_t, std::optional<std::int64_t>> rows;
        for (const auto& row : session.all(mica::select<Item>())) rows[row.id] = row.box_id;
        EXPECT_EQ(rows, boxes);
        EXPECT_EQ(session.query<Box>().count(), static_cast<std::int64_t>(now.boxes.size()));
    }

    /// All objects anew.
    void reload() {
        session.commit();
        std::map<std::int64_t, std::int64_t> boxes;
        std::set<std::pair<std::int64_t, std::int64_t>> marked;
        for (const Ref<Item>& item : now.items) {
            if (const Box* box = box_of(now, item.get())) boxes[item->id] = box->id;
        }
        for (const auto& [item, mark] : now.marked) marked.insert({item->id, mark->id});
        now = {};
        session.clear();
        now.boxes = session.query<Box>().with<&Box::items>().all();
        now.items = session.query<Item>().with<&Item::box>().with<&Item::marks>().all();
        now.marks = session.query<Mark>().with<&Mark::items>().all();
        for (const Ref<Item>& item : now.items) {
            for (const Ref<Box>& box : now.boxes) {
                if (boxes.contains(item->id) && boxes[item->id] == box->id) now.box_of[item.get()] = box.get();
            }
            for (const Ref<Mark>& mark : now.marks) {
                if (marked.contains({item->id, mark->id})) now.marked.insert({item.get(), mark.get()});
            }
        }
        committed = now;
    }

    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
    std::mt19937 random{GetParam()};
    World now{};
    World committed{};
};

TEST_P(RelationsModel, what_is_loaded_the_keys_and_the_rows_agree_after_every_flush) {
    for (int round = 0; round < 150 && !HasFailure(); ++round) {
        for (std::size_t steps = below(6); steps > 0; --steps) step();
        switch (below(8)) {
            case 0:
                session.rollback();
                now = committed;
                break;
            case 1: {
                auto savepoint = session.begin_nested();
                const World before = now;
                for (std::size_t steps = below(6); steps > 0; --steps) step();
                savepoint.rollback();
                now = before;
                break;
            }
            case 2:
                session.commit();
                committed = now;
                break;
            case 3: reload(); break;
            default: session.flush(); break;
        }
        compare();
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RelationsModel, testing::Range(0U, 20U));

}  // namespace
