// SPDX-License-Identifier: BSL-1.0
// Thousands of random steps of a session over two related tables, savepoints and detached objects included, each
// compared with a model that is a few maps. What the model calls a valid end a flush must reach, whatever the order of
// the changes; anything else it must refuse.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace integration_session_model {

using namespace mica;

struct Author {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> rating{};
    /// With autoincrement no key is used again, so a book never finds a new author under an old number by chance.
    static constexpr auto mapping() { return table("author", autoincrement, unique<&Author::name>); }
    auto tied() const { return std::tie(id, name, rating); }
};
struct Book {
    std::int64_t id = 0;
    std::int64_t author = 0;
    std::string title{};
    static constexpr auto mapping() {
        return table("book", foreign_key<&Book::author, &Author::id>, unique<&Book::author, &Book::title>);
    }
    auto tied() const { return std::tie(id, author, title); }
};

template <class Entity>
using Rows = std::map<std::int64_t, Entity>;

/// What a database holds.
struct State {
    Rows<Author> authors;
    Rows<Book> books;
    std::map<int, std::int64_t> keys;  ///< the keys of rows, by numbers that stay theirs

    template <class Entity>
    Rows<Entity>& rows() {
        if constexpr (std::is_same_v<Entity, Author>) {
            return authors;
        } else {
            return books;
        }
    }
    std::optional<std::int64_t> key_of(int row) const {
        const auto found = keys.find(row);
        return found == keys.end() ? std::nullopt : std::optional{found->second};
    }
    template <class Entity>
    int row_with(std::int64_t key) {
        for (const auto& [row, its_key] : keys) {
            if (its_key == key && (row % 2 == 0) == std::is_same_v<Entity, Author>) return row;
        }
        return -1;
    }
    bool is_valid() const {
        std::set<std::string> names;
        for (const auto& [id, author] : authors) {
            if (!names.insert(author.name).second) return false;
        }
        std::set<std::pair<std::int64_t, std::string>> titles;
        for (const auto& [id, book] : books) {
            if (!titles.emplace(book.author, book.title).second || !authors.contains(book.author)) return false;
        }
        return true;
    }
};

/// An object of the session and what the model knows about it.
template <class Entity>
struct Handle {
    Ref<Entity> ref;
    Entity expected;                    ///< its value
    int row = 0;                        ///< a number that no other row has: even for authors, odd for books
    std::optional<std::int64_t> key{};  ///< its row's key, where it has been written
    bool generated = false;
    bool removed = false;  ///< to be removed, or removed since the last commit
};

class Comparison {
public:
    explicit Comparison(unsigned seed) : random_(seed) {
        engine_.create_all<Author, Book>();
        handle_ = engine_.connect().open().database.handle();
        session_.emplace(engine_);
    }

    void step() {
        switch (pick(30)) {
            case 0:
            case 1:
            case 2: add(Author{.name = name(), .rating = rating()}); break;
            case 3:
            case 4:
            case 5:
            case 6: add(Book{.author = some_author(), .title = title()}); break;
            case 7: add(Book{.id = next_id_ += 1000, .author = some_author(), .title = title()}); break;
            case 8:
            case 9: change(pick_one(authors_), [this](Author& author) { author.name = name(); }); break;
            case 10: change(pick_one(authors_), [this](Author& author) { author.rating = rating(); }); break;
            case 11: change(pick_one(books_), [this](Book& book) { book.author = some_author(); }); break;
            case 12: change(pick_one(books_), [this](Book& book) { book.title = title(); }); break;
            case 13:
                change(pick_one(books_), [this](Book& book) {
                    if (book.id != 0) book.id = next_id_ += 1000;
                });
                break;
            case 14: swap_names(); break;
            case 15: remove(pick_one(authors_)); break;
            case 16:
            case 17: remove(pick_one(books_)); break;
            case 18: flush(); break;
            case 19: commit(); break;
            case 20: pick(3) == 0 ? restart() : rollback(); break;
            case 21: query<Author>(authors_); break;
            case 22: query<Book>(books_); break;
            case 23: pick(2) == 0 ? detach(authors_) : detach(books_); break;
            case 24: pick(2) == 0 ? refresh(authors_) : refresh(books_); break;
            case 25: merge(pick_one(books_)); break;
            case 26:
            case 27: begin_nested(); break;
            case 28: commit_nested(); break;
            case 29: rollback_nested(); break;
            default: pick(2) == 0 ? get<Author>(authors_) : get<Book>(books_);
        }
        compare_objects(authors_);
        compare_objects(books_);
        compare_rows();
    }

    int failures() const { return failures_; }
    int flushes() const { return flushes_; }
    int undone() const { return undone_; }

private:
    unsigned pick(unsigned count) { return static_cast<unsigned>(random_() % count); }
    std::string name() { return "name " + std::to_string(pick(25)); }
    std::string title() { return "title " + std::to_string(pick(12)); }
    std::optional<int> rating() { return pick(3) == 0 ? std::nullopt : std::optional<int>{static_cast<int>(pick(5))}; }

    /// The key of an author, mostly one that is there.
    std::int64_t some_author() {
        if (pick(40) == 0) return 12345;
        std::vector<std::int64_t> keys;
        for (const auto& [id, author] : database_.authors) keys.push_back(id);
        return keys.empty() ? 12345 : keys[pick(static_cast<unsigned>(keys.size()))];
    }

    template <class Entity>
    Handle<Entity>* pick_one(std::vector<Handle<Entity>>& handles) {
        std::vector<Handle<Entity>*> there;
        for (auto& handle : handles) {
            if (!handle.removed) there.push_back(&handle);
        }
        return there.empty() ? nullptr : there[pick(static_cast<unsigned>(there.size()))];
    }

    template <class Entity>
    std::vector<Handle<Entity>>& handles() {
        if constexpr (std::is_same_v<Entity, Author>) {
            return authors_;
        } else {
            return books_;
        }
    }

    template <class Entity>
    void add(Entity entity) {
        next_row_ += 2;
        const int row = next_row_ + (std::is_same_v<Entity, Author> ? 0 : 1);
        handles<Entity>().push_back({session_->add(Entity{entity}), entity, row, {}, entity.id == 0, false});
    }
    template <class Entity, class Change>
    void change(Handle<Entity>* handle, Change change) {
        if (handle == nullptr) return;
        change(*handle->ref);
        handle->expected = *handle->ref;
    }
    void swap_names() {
        Handle<Author>* const one = pick_one(authors_);
        Handle<Author>* const two = pick_one(authors_);
        if (one == nullptr) return;
        std::swap(one->ref->name, two->ref->name);
        one->expected = *one->ref;
        two->expected = *two->ref;
    }
    template <class Entity>
    void remove(Handle<Entity>* handle) {
        if (handle == nullptr) return;
        session_->remove(handle->ref);
        if (handle->key) {
            handle->removed = true;
        } else {
            handles<Entity>().erase(handles<Entity>().begin() + (handle - handles<Entity>().data()));
        }
    }

    /// Puts what the objects say in place of their rows. False where two of them want the same key.
    template <class Entity>
    static bool apply(const std::vector<Handle<Entity>>& handles, Rows<Entity>& rows) {
        for (const auto& handle : handles) {
            if (handle.key) rows.erase(*handle.key);
        }
        std::int64_t unsaved = -1;
        for (const auto& handle : handles) {
            if (handle.removed) continue;
            const std::int64_t id = handle.expected.id != 0 ? handle.expected.id : unsaved--;
            if (!rows.emplace(id, handle.expected).second) return false;
        }
        return true;
    }
    bool can_flush() const {
        State goal = database_;
        return apply(authors_, goal.authors) && apply(books_, goal.books) && goal.is_valid();
    }

    template <class Entity>
    bool has_changes(const std::vector<Handle<Entity>>& handles) {
        for (const auto& handle : handles) {
            if (handle.removed ? handle.key.has_value() : !handle.key) return true;
            if (!handle.removed && handle.expected.tied() != database_.rows<Entity>().at(*handle.key).tied())
                return true;
        }
        return false;
    }

    /// Runs what flushes first, and expects it to succeed exactly where the model does.
    template <class Action>
    bool flushing(bool has_to, Action action) {
        const bool expected = !has_to || can_flush();
        bool succeeded = true;
        try {
            action();
        } catch (const IntegrityError& error) {
            succeeded = false;
            EXPECT_FALSE(expected) << error.what();
        }
        EXPECT_EQ(succeeded, expected);
        ++flushes_;
        failures_ += succeeded ? 0 : 1;
        if (!succeeded && pick(2) == 0) rollback();
        if (succeeded && has_to) {
            settle(authors_, database_.authors);
            settle(books_, database_.books);
        }
        return succeeded;
    }
    /// Takes over what a flush has written, generated keys included.
    template <class Entity>
    void settle(std::vector<Handle<Entity>>& handles, Rows<Entity>& rows) {
        for (auto& handle : handles) {
            if (handle.key) rows.erase(*handle.key);
            if (handle.removed && handle.key) database_.keys.erase(handle.row);
            if (handle.removed) handle.key.reset();
        }
        for (auto& handle : handles) {
            if (handle.removed) continue;
            if (handle.expected.id == 0) {
                handle.expected.id = handle.ref->id;
                EXPECT_GT(handle.ref->id, 0);
            }
            handle.key = handle.expected.id;
            database_.keys[handle.row] = *handle.key;
            EXPECT_TRUE(rows.emplace(*handle.key, handle.expected).second);
        }
    }

    void flush() {
        flushing(has_changes(authors_) || has_changes(books_), [this] { session_->flush(); });
    }
    void commit() {
        if (!flushing(has_changes(authors_) || has_changes(books_), [this] { session_->commit(); })) return;
        committed_ = database_;
        marks_.clear();
        keep_committed(authors_);
        keep_committed(books_);
        EXPECT_FALSE(session_->in_transaction());
    }
    template <class Entity>
    static void keep_committed(std::vector<Handle<Entity>>& handles) {
        std::erase_if(handles, [](const auto& handle) { return handle.removed; });
        for (auto& handle : handles) handle.generated = false;
    }

    void rollback() {
        session_->rollback();
        EXPECT_FALSE(session_->in_transaction());
        database_ = committed_;
        marks_.clear();
        return_to_committed(authors_, committed_.authors);
        return_to_committed(books_, committed_.books);
    }
    template <class Entity>
    void return_to_committed(std::vector<Handle<Entity>>& handles, const Rows<Entity>& rows) {
        std::erase_if(handles, [this](const auto& handle) { return !this->is_row_there(handle); });
        for (auto& handle : handles) {
            handle.key = database_.key_of(handle.row);
            handle.removed = false;
            handle.expected = rows.at(*handle.key);
        }
    }
    /// Where it is not, a rollback has cleared the key that the database chose.
    template <class Entity>
    bool is_row_there(const Handle<Entity>& handle) {
        const bool is_there = database_.key_of(handle.row).has_value();
        if (!is_there && handle.generated) {
            EXPECT_EQ(handle.ref->id, 0);
        }
        return is_there;
    }

    /// The session ends without a commit; another begins.
    void restart() {
        marks_.clear();
        session_.reset();
        session_.emplace(engine_);
        authors_.clear();
        books_.clear();
        database_ = committed_;
    }

    /// The handle of an object, a new one for a row that was not read before.
    template <class Entity>
    void expect_tracked(const Ref<Entity>& ref) {
        for (const auto& handle : handles<Entity>()) {
            if (handle.key != ref->id || handle.removed) continue;
            EXPECT_TRUE(handle.ref == ref) << "one object for each key";
            return;
        }
        const Entity& row = database_.rows<Entity>().at(ref->id);
        handles<Entity>().push_back({ref, row, database_.row_with<Entity>(ref->id), ref->id, false, false});
    }

    template <class Entity>
    void detach(std::vector<Handle<Entity>>& handles) {
        Handle<Entity>* const handle = pick_one(handles);
        if (handle == nullptr) return;
        EXPECT_TRUE(session_->detach(handle->ref).tied() == handle->expected.tied());
        handles.erase(handles.begin() + (handle - handles.data()));
    }

    template <class Entity>
    void refresh(std::vector<Handle<Entity>>& handles) {
        Handle<Entity>* const handle = pick_one(handles);
        if (handle == nullptr || !handle->key) return;
        const Ref<Entity> ref = handle->ref;
        const Entity row = database_.rows<Entity>().at(*handle->key);
        const bool is_modified = handle->expected.tied() != row.tied();
        EXPECT_EQ(session_->is_modified(ref), is_modified);
        if (is_modified) {
            EXPECT_THROW(session_->refresh(ref), ProgrammingError);
        }
        handle->expected = row;
        flushing(has_changes(handles), [&] { session_->refresh(ref, mica::discard); });
    }

    void merge(Handle<Book>* handle) {
        if (handle == nullptr || !handle->key || handle->expected.id != *handle->key) return;
        handle->expected.title = title();
        EXPECT_TRUE(session_->merge(handle->expected) == handle->ref);
    }

    /// What a savepoint returns to.
    struct Mark {
        decltype(std::declval<Session&>().begin_nested()) scope;
        State database;
        std::vector<Handle<Author>> authors;
        std::vector<Handle<Book>> books;
    };

    void begin_nested() {
        if (marks_.size() == 3) return;
        std::optional<decltype(std::declval<Session&>().begin_nested())> scope;
        if (!flushing(has_changes(authors_) || has_changes(books_), [&] { scope.emplace(session_->begin_nested()); })) {
            return;
        }
        marks_.push_back({std::move(*scope), database_, authors_, books_});
    }
    void commit_nested() {
        if (marks_.empty()) return;
        const std::size_t place = pick(static_cast<unsigned>(marks_.size()));
        if (flushing(has_changes(authors_) || has_changes(books_), [&] { marks_[place].scope.commit(); })) {
            while (marks_.size() > place) marks_.pop_back();
        }
    }
    void rollback_nested() {
        if (marks_.empty()) return;
        const std::size_t place = pick(static_cast<unsigned>(marks_.size()));
        Mark& mark = marks_[place];
        mark.scope.rollback();
        EXPECT_FALSE(mark.scope.is_active());
        ++undone_;
        database_ = mark.database;
        return_to(authors_, mark.authors);
        return_to(books_, mark.books);
        while (marks_.size() > place) marks_.pop_back();
    }
    /// What was there is again as it was; what was read since stays, unless it was added since.
    template <class Entity>
    void return_to(std::vector<Handle<Entity>>& handles, const std::vector<Handle<Entity>>& before) {
        const auto find = [](const std::vector<Handle<Entity>>& among, const Ref<Entity>& ref) {
            for (const auto& handle : among) {
                if (handle.ref == ref) return true;
            }
            return false;
        };
        std::vector<Handle<Entity>> now;
        for (const auto& handle : before) {
            if (handle.removed || find(handles, handle.ref)) now.push_back(handle);  // else detached since
        }
        for (const auto& handle : handles) {
            if (find(before, handle.ref) || !is_row_there(handle)) continue;
            const std::int64_t key = *database_.key_of(handle.row);
            now.push_back({handle.ref, database_.rows<Entity>().at(key), handle.row, key, false, false});
        }
        handles = std::move(now);
    }

    template <class Entity>
    void query(std::vector<Handle<Entity>>& handles) {
        std::vector<Ref<Entity>> found;
        const bool counting = pick(2) == 0;
        std::int64_t count = 0;
        const bool succeeded = flushing(has_changes(handles), [&] {
            if (counting) {
                count = session_->template query<Entity>().count();
            } else {
                found = session_->template query<Entity>().order_by(col<&Entity::id>).all();
                count = static_cast<std::int64_t>(found.size());
            }
        });
        if (!succeeded) return;
        EXPECT_EQ(count, static_cast<std::int64_t>(database_.rows<Entity>().size()));
        for (const auto& ref : found) expect_tracked(ref);
    }

    template <class Entity>
    void get(std::vector<Handle<Entity>>& handles) {
        std::vector<std::int64_t> keys{77};
        for (const auto& [id, row] : database_.rows<Entity>()) keys.push_back(id);
        const std::int64_t key = keys[pick(static_cast<unsigned>(keys.size()))];
        bool known = false;
        bool gone = false;
        bool adding = false;
        for (const auto& handle : handles) {
            known = known || handle.key == key;
            gone = gone || (handle.key == key && handle.removed);
            adding = adding || (!handle.key && !handle.removed);
        }
        Ref<Entity> ref;
        if (!flushing(!known && adding, [&] { ref = session_->template get<Entity>(key); })) return;
        EXPECT_EQ(static_cast<bool>(ref), !gone && database_.rows<Entity>().contains(key));
        if (ref && !known) expect_tracked(ref);
    }

    template <class Entity>
    void compare_objects(const std::vector<Handle<Entity>>& handles) {
        for (const auto& handle : handles) {
            if (!handle.removed) {
                ASSERT_TRUE(handle.ref->tied() == handle.expected.tied());
            }
        }
    }
    /// What the database holds now, read without the session.
    void compare_rows() {
        std::vector<std::string> expected;
        for (const auto& [id, author] : database_.authors) {
            expected.push_back("a" + std::to_string(id) + author.name +
                               (author.rating ? std::to_string(*author.rating) : "-"));
        }
        for (const auto& [id, book] : database_.books) {
            expected.push_back("b" + std::to_string(id) + " " + std::to_string(book.author) + book.title);
        }
        std::vector<std::string> found;
        const auto collect = [](void* rows, int, char** values, char**) {
            static_cast<std::vector<std::string>*>(rows)->emplace_back(values[0]);
            return 0;
        };
        sqlite3_exec(handle_, "SELECT 'a' || id || name || ifnull(rating, '-') FROM author ORDER BY id", collect,
                     &found, nullptr);
        sqlite3_exec(handle_, "SELECT 'b' || id || ' ' || author || title FROM book ORDER BY id", collect, &found,
                     nullptr);
        ASSERT_EQ(found, expected);
    }

    std::mt19937 random_;
    Engine engine_{"sqlite://"};
    sqlite3* handle_ = nullptr;
    std::optional<Session> session_;
    State database_;   ///< as the open transaction sees it
    State committed_;  ///< as it was at the last commit
    std::vector<Handle<Author>> authors_;
    std::vector<Handle<Book>> books_;
    std::vector<Mark> marks_;
    std::int64_t next_id_ = 1'000'000;
    int next_row_ = 0;
    int flushes_ = 0;
    int failures_ = 0;
    int undone_ = 0;
};

class SessionModel : public testing::TestWithParam<unsigned> {};

INSTANTIATE_TEST_SUITE_P(Seeds, SessionModel, testing::Range(1U, 9U));

TEST_P(SessionModel, does_what_the_model_does) {
    Comparison run{GetParam()};
    for (int step = 0; step < 1000; ++step) {
        run.step();
        ASSERT_FALSE(HasFailure()) << "seed " << GetParam() << ", step " << step;
    }
    EXPECT_GT(run.failures(), 5) << "the steps must include what has to be refused";
    EXPECT_GT(run.flushes() - run.failures(), 50) << "and what has to succeed";
    EXPECT_GT(run.undone(), 0) << "and savepoints that are undone";
}

}  // namespace integration_session_model
