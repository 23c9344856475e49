// SPDX-License-Identifier: BSL-1.0
// Thousands of random steps of a session with INSERT OR REPLACE, UPDATE OR REPLACE and upserts of SQL text in between,
// beside a plain map that knows what must be there: no change is lost, and what get(), queries and collections give is
// what the rows say, before and after savepoints and rollbacks.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace integration_session_replace_model {

using namespace mica;

struct NumberNote;
struct Number {
    using Note = NumberNote;
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> code{};
    HasMany<NumberNote> notes{};
    static constexpr auto mapping() { return table("part", unique<&Number::code>); }

    static Ref<Number> get(Session& session, int number) { return session.get<Number>(number); }
    static std::string columns() { return "id"; }
    static std::string values(int number) { return std::to_string(number); }
    static std::string set(int number) { return "id = " + std::to_string(number); }
    int number() const { return static_cast<int>(id); }
    void rename(int number) { id = number; }
};
struct NumberNote {
    std::int64_t id = 0;
    std::int64_t part = 0;
    std::string text{};
    static constexpr auto mapping() {
        return table("note", foreign_key<&NumberNote::part, &Number::id>.on_delete(cascade).on_update(cascade));
    }
    int number() const { return static_cast<int>(part); }
    void give(int number) { part = number; }
};

struct TextNote;
struct Text {
    using Note = TextNote;
    std::string id{};
    std::string name{};
    std::optional<int> code{};
    HasMany<TextNote> notes{};
    static constexpr auto mapping() { return table("part", unique<&Text::code>); }

    static Ref<Text> get(Session& session, int number) { return session.get<Text>(std::to_string(number)); }
    static std::string columns() { return "id"; }
    static std::string values(int number) { return "'" + std::to_string(number) + "'"; }
    static std::string set(int number) { return "id = '" + std::to_string(number) + "'"; }
    int number() const { return std::stoi(id); }
    void rename(int number) { id = std::to_string(number); }
};
struct TextNote {
    std::int64_t id = 0;
    std::string part{};
    std::string text{};
    static constexpr auto mapping() {
        return table("note", foreign_key<&TextNote::part, &Text::id>.on_delete(cascade).on_update(cascade));
    }
    int number() const { return std::stoi(part); }
    void give(int number) { part = std::to_string(number); }
};

struct PairNote;
struct Pair {
    using Note = PairNote;
    int shelf = 0;
    std::string place{};
    std::string name{};
    std::optional<int> code{};
    HasMany<PairNote> notes{};
    static constexpr auto mapping() {
        return table("part", primary_key<&Pair::shelf, &Pair::place>, unique<&Pair::code>);
    }

    static Ref<Pair> get(Session& session, int number) { return session.get<Pair>(number % 2, std::to_string(number)); }
    static std::string columns() { return "shelf, place"; }
    static std::string values(int number) { return std::to_string(number % 2) + ", '" + std::to_string(number) + "'"; }
    static std::string set(int number) { return "(shelf, place) = (" + values(number) + ")"; }
    int number() const { return std::stoi(place); }
    void rename(int number) {
        shelf = number % 2;
        place = std::to_string(number);
    }
};
struct PairNote {
    std::int64_t id = 0;
    int shelf = 0;
    std::string place{};
    std::string text{};
    static constexpr auto mapping() {
        return table("note",
                     foreign_key_to<Pair>(from<&PairNote::shelf, &PairNote::place>, to<&Pair::shelf, &Pair::place>)
                         .on_delete(cascade)
                         .on_update(cascade));
    }
    int number() const { return std::stoi(place); }
    void give(int number) {
        shelf = number % 2;
        place = std::to_string(number);
    }
};

/// What must be there, computed without SQL.
struct Rows {
    struct Part {
        std::string name{};
        std::optional<int> code{};
        bool operator==(const Part&) const = default;
    };
    struct Note {
        int part = 0;
        std::string text{};
        bool operator==(const Note&) const = default;
    };
    std::map<int, Part> parts{};
    std::map<std::int64_t, Note> notes{};

    void remove(int number) {
        parts.erase(number);
        std::erase_if(notes, [&](const auto& each) { return each.second.part == number; });
    }
    void rename(int from, int to) {
        if (from == to) return;
        parts[to] = parts.at(from);
        parts.erase(from);
        for (auto& [id, note] : notes) {
            if (note.part == from) note.part = to;
        }
    }
    /// What REPLACE takes away so that a row may have this code.
    void free_code(std::optional<int> code, int for_part) {
        if (!code) return;
        for (const auto& [number, part] : std::map{parts}) {
            if (part.code == code && number != for_part) remove(number);
        }
    }
    bool has_code(std::optional<int> code) const {
        for (const auto& [number, part] : parts) {
            if (code && part.code == code) return true;
        }
        return false;
    }
};

template <class Part>
class Steps {
    using Note = typename Part::Note;

public:
    explicit Steps(unsigned seed) : random_(seed), between_(1 + static_cast<int>(seed % 9)) {
        engine_.create_all<Part, Note>();
    }

    void run(int count) {
        for (int i = 0; i < count && !testing::Test::HasFailure(); ++i) {
            SCOPED_TRACE("step " + std::to_string(i));
            try {
                step();
                if (pick(between_) == 0) compare();
            } catch (const StaleDataError& error) {
                EXPECT_TRUE(may_be_stale_) << error.what();
                back_to_commit();
            } catch (const Error& error) {
                FAIL() << error.what();
            }
        }
    }

private:
    static constexpr int keys = 5;

    int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
    int key() { return 1 + pick(keys); }
    std::string name() { return "n" + std::to_string(++names_); }
    std::optional<int> code() { return pick(2) == 0 ? std::optional<int>{} : std::optional<int>{pick(4)}; }
    static std::string sql(std::optional<int> code) { return code ? std::to_string(*code) : "NULL"; }
    void execute(const std::string& text) { session_.execute(text); }
    /// False where it is refused: UPDATE OR REPLACE of one key meets SQLite's check of another.
    bool try_execute(const std::string& text) {
        session_.flush();
        try {
            execute(text);
        } catch (const IntegrityError&) {
            return false;
        }
        return true;
    }
    Ref<Part> some() {
        const int number = key();
        const Ref<Part> found = Part::get(session_, number);
        EXPECT_EQ(static_cast<bool>(found), rows_.parts.contains(number)) << number;
        if (found && pick(2) == 0) held_.push_back(found);
        return found;
    }
    bool is_free(int number) const { return !rows_.parts.contains(number); }

    void step() {
        switch (pick(22)) {
            case 0:
            case 1:
                if (const int number = key(); is_free(number)) add(number);
                break;
            case 2:
                if (const auto part = some()) {
                    part->name = name();
                    rows_.parts[part->number()].name = part->name;
                }
                break;
            case 3:
                if (const auto part = some()) {
                    const int number = part->number();
                    const auto wanted = code();
                    if (wanted && rows_.has_code(wanted)) break;
                    part->code = wanted;
                    rows_.parts[number].code = wanted;
                }
                break;
            case 4:
                if (const auto part = some()) {
                    session_.flush();
                    rows_.remove(part->number());
                    session_.remove(part);
                }
                break;
            case 5:
                if (const auto part = some()) {
                    const int to = key();
                    if (!is_free(to)) break;
                    rows_.rename(part->number(), to);
                    session_.flush();  // a note may name it already
                    part->rename(to);
                    session_.flush();
                }
                break;
            case 6: add_note(); break;
            case 7: move_note(); break;
            case 8:
            case 9: {
                const int number = key();
                const Rows::Part part{name(), code()};
                execute("INSERT OR REPLACE INTO part VALUES (" + Part::values(number) + ", '" + part.name + "', " +
                        sql(part.code) + ")");
                rows_.remove(number);
                rows_.free_code(part.code, number);
                rows_.parts[number] = part;
                break;
            }
            case 10: {
                const int from = key();
                const int to = key();
                const std::string update = "UPDATE OR REPLACE part SET " + Part::set(to);
                if (!try_execute(update + " WHERE " + Part::set(from))) break;
                if (from == to || is_free(from)) break;
                rows_.remove(to);
                rows_.rename(from, to);
                break;
            }
            case 11: {
                const int number = key();
                const auto wanted = code();
                execute("UPDATE OR REPLACE part SET code = " + sql(wanted) + " WHERE " + Part::set(number));
                if (is_free(number)) break;
                rows_.free_code(wanted, number);
                rows_.parts[number].code = wanted;
                break;
            }
            case 12: {
                const int number = key();
                const std::string given = name();
                execute("INSERT INTO part VALUES (" + Part::values(number) + ", '" + given + "', NULL) ON CONFLICT (" +
                        Part::columns() + ") DO UPDATE SET name = excluded.name || '+'");
                const bool was_free = is_free(number);
                rows_.parts[number].name = given + (was_free ? "" : "+");
                break;
            }
            case 13: {
                const int number = key();
                execute("DELETE FROM part WHERE " + Part::set(number));
                rows_.remove(number);
                break;
            }
            case 14: {
                Part part;
                const int number = key();
                part.rename(number);
                part.name = name();
                rows_.parts[number] = {part.name, std::nullopt};
                session_.upsert(part);
                break;
            }
            case 15: write_held(); break;
            case 16:
                if (scopes_.size() < 3) {
                    scopes_.push_back(session_.begin_nested());
                    saved_.push_back(rows_);
                }
                break;
            case 17:
            case 18:
                if (!scopes_.empty()) {
                    if (pick(3) == 0) {
                        scopes_.back().commit();
                    } else {
                        scopes_.back().rollback();
                        rows_ = saved_.back();
                    }
                    scopes_.pop_back();
                    saved_.pop_back();
                }
                break;
            case 19:
                held_.clear();
                if (pick(2) == 0) session_.expire_all();
                break;
            case 20: session_.template query<Part>().template with<&Part::notes>().all(); break;
            default:
                if (pick(2) == 0) {
                    session_.commit();
                    scopes_.clear();
                    saved_.clear();
                    committed_ = rows_;
                    may_be_stale_ = false;
                } else {
                    back_to_commit();
                }
        }
    }
    void back_to_commit() {
        scopes_.clear();
        saved_.clear();
        session_.rollback();
        rows_ = committed_;
        may_be_stale_ = false;
        compare();
    }

    void add(int number) {
        Part part;
        part.rename(number);
        part.name = name();
        part.code = code();
        if (rows_.has_code(part.code)) part.code.reset();
        rows_.parts[number] = {part.name, part.code};
        held_.push_back(session_.add(std::move(part)));
    }
    void add_note() {
        const int number = key();
        if (is_free(number)) return;
        const auto part = Part::get(session_, number);
        Note note;
        note.text = name();
        session_.template load<&Part::notes>(part);
        const auto added = part->notes.add(std::move(note));
        session_.flush();
        rows_.notes[added->id] = {number, added->text};
    }
    void move_note() {
        if (rows_.notes.empty()) return;
        auto [id, expected] = *rows_.notes.begin();
        const auto note = session_.template get<Note>(id);
        ASSERT_TRUE(note);
        const int number = key();
        if (is_free(number)) return;
        note->give(number);
        note->text = name();
        rows_.notes[id] = {number, note->text};
    }
    /// What was read before statements have changed its row.
    void write_held() {
        if (held_.empty()) return;
        const auto held = held_[static_cast<std::size_t>(pick(static_cast<int>(held_.size())))];
        session_.flush();  // one that is removed is no longer tracked
        held->name = name();
        if (!session_.is_modified(held)) return;
        if (is_free(held->number())) {
            may_be_stale_ = true;
            session_.flush();
            FAIL() << "the row is gone";
        }
        rows_.parts[held->number()].name = held->name;
        wrote_held_ = true;
    }

    void compare() {
        // What the program has changed itself is not overwritten before it is written.
        if (pick(2) == 0 && !wrote_held_) compare_gets();
        std::string expected;
        std::string found;
        for (const auto& [number, part] : rows_.parts) {
            expected += Part::values(number) + " " + part.name + " " + sql(part.code) + "\n";
        }
        using Row = std::tuple<std::string, std::optional<int>>;
        for (int number = 1; number <= keys; ++number) {
            for (const auto& [name, code] :
                 session_.template execute<Row>("SELECT name, code FROM part WHERE " + Part::set(number)).all()) {
                found += Part::values(number) + " " + name + " " + sql(code) + "\n";
            }
        }
        EXPECT_EQ(found, expected) << "in the table";
        wrote_held_ = false;
        compare_gets();
        std::map<int, Rows::Part> parts;
        std::map<std::int64_t, Rows::Note> notes;
        for (const auto& part : session_.template query<Part>().all()) {
            EXPECT_TRUE(parts.emplace(part->number(), Rows::Part{part->name, part->code}).second);
            if (!part->notes.is_loaded()) session_.template load<&Part::notes>(part);
            for (const auto& note : part->notes) notes[note->id] = {part->number(), note->text};
        }
        EXPECT_EQ(parts, rows_.parts) << "by a query";
        if (pick(2) == 0) session_.template query<Note>().all();
        notes.clear();
        for (const auto& part : session_.template query<Part>().template with<&Part::notes>().all()) {
            for (const auto& note : part->notes) notes[note->id] = {part->number(), note->text};
        }
        EXPECT_EQ(notes.size(), rows_.notes.size());
        EXPECT_TRUE(notes == rows_.notes) << "by a collection that is read again";
        EXPECT_TRUE(session_.plan().empty());
    }
    void compare_gets() {
        for (int number = 1; number <= keys; ++number) {
            const auto part = Part::get(session_, number);
            const auto expected = rows_.parts.find(number);
            ASSERT_EQ(static_cast<bool>(part), expected != rows_.parts.end()) << Part::values(number);
            if (!part) continue;
            EXPECT_EQ(part->number(), number);
            EXPECT_EQ(part->name, expected->second.name) << number;
            EXPECT_EQ(part->code, expected->second.code) << number;
        }
    }

    std::mt19937 random_;
    int between_;  ///< steps, on average, that are not looked at
    Engine engine_{"sqlite://"};
    Session session_{engine_};
    std::vector<decltype(std::declval<Session&>().begin_nested())> scopes_{};
    std::vector<Ref<Part>> held_{};
    Rows rows_{};
    Rows committed_{};
    std::vector<Rows> saved_{};
    int names_ = 0;
    bool may_be_stale_ = false;
    bool wrote_held_ = false;
};

template <class Part>
struct SessionReplaceModel : testing::Test {};
using Keys = testing::Types<Number, Text, Pair>;
TYPED_TEST_SUITE(SessionReplaceModel, Keys);

TYPED_TEST(SessionReplaceModel, nothing_is_lost_and_what_is_read_is_what_is_there) {
    for (unsigned seed = 1; seed <= 40 && !this->HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        Steps<TypeParam>{seed}.run(100);
    }
}

}  // namespace integration_session_replace_model
