// SPDX-License-Identifier: BSL-1.0
// Thousands of random steps of a session with SQL and set-based statements in between, keys that change and savepoints:
// whatever has happened, get() finds exactly the rows that are there, each by one object with its values.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace integration_session_statements_model {

using namespace mica;

struct Number {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("part"); }

    static Number make(int number, std::string name) { return {number, std::move(name)}; }
    static Ref<Number> get(Session& session, int number) { return session.get<Number>(number); }
    static std::string key(int number) { return "id = " + std::to_string(number); }
    static std::string values(int number) { return std::to_string(number); }
    void rename(int number) { id = number; }
};
struct Text {
    std::string id{};
    std::string name{};
    static constexpr auto mapping() { return table("part"); }

    static Text make(int number, std::string name) { return {std::to_string(number), std::move(name)}; }
    static Ref<Text> get(Session& session, int number) { return session.get<Text>(std::to_string(number)); }
    static std::string key(int number) { return "id = '" + std::to_string(number) + "'"; }
    static std::string values(int number) { return "'" + std::to_string(number) + "'"; }
    void rename(int number) { id = std::to_string(number); }
};
struct Pair {
    int shelf = 0;
    std::string place{};
    std::string name{};
    static constexpr auto mapping() { return table("part", primary_key<&Pair::shelf, &Pair::place>); }

    static Pair make(int number, std::string name) { return {number % 2, std::to_string(number), std::move(name)}; }
    static Ref<Pair> get(Session& session, int number) { return session.get<Pair>(number % 2, std::to_string(number)); }
    static std::string key(int number) {
        return "shelf = " + std::to_string(number % 2) + " AND place = '" + std::to_string(number) + "'";
    }
    static std::string values(int number) { return std::to_string(number % 2) + ", '" + std::to_string(number) + "'"; }
    void rename(int number) {
        shelf = number % 2;
        place = std::to_string(number);
    }
};

template <class Part>
class Steps {
public:
    explicit Steps(unsigned seed) : random_(seed) { engine_.create_all<Part>(); }

    void run(int count) {
        for (int i = 0; i < count && !testing::Test::HasFailure(); ++i) {
            try {
                step();
                session_.flush();
                compare();
            } catch (const Error&) {  // two rows of one key, or a row that a statement has removed
                scopes_.clear();
                session_.rollback();
                compare();
            }
        }
    }

private:
    static constexpr int keys = 5;

    int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
    int key() { return 1 + pick(keys); }
    std::string name() { return std::to_string(++names_); }
    Ref<Part> some() {
        const Ref<Part> found = Part::get(session_, key());
        if (found && pick(2) == 0) held_.push_back(found);
        return found;
    }

    void step() {
        switch (pick(14)) {
            case 0:
            case 1: held_.push_back(session_.add(Part::make(key(), name()))); break;
            case 2:
                if (const auto part = some()) part->name = name();
                break;
            case 3:
                if (const auto part = some()) session_.remove(part);
                break;
            case 4:
                if (const auto part = some()) part->rename(key());
                break;
            case 5: session_.execute("INSERT OR IGNORE INTO part VALUES (" + values(key()) + ")"); break;
            case 6: session_.execute("DELETE FROM part WHERE " + Part::key(key())); break;
            case 7: session_.execute("UPDATE part SET name = '" + name() + "' WHERE " + Part::key(key())); break;
            case 8: session_.template query<Part>().where(col<&Part::name> > std::to_string(pick(100))).remove(); break;
            case 9: session_.template query<Part>().all(); break;
            case 10:
                if (scopes_.size() < 3) scopes_.push_back(session_.begin_nested());
                break;
            case 11:
                if (!scopes_.empty()) {
                    pick(3) == 0 ? scopes_.back().commit() : scopes_.back().rollback();
                    scopes_.pop_back();
                }
                break;
            case 12:
                held_.clear();
                if (pick(2) == 0) session_.expire_all();
                break;
            default: scopes_.clear(); pick(2) == 0 ? session_.commit() : session_.rollback();
        }
    }
    std::string values(int number) { return Part::values(number) + ", '" + name() + "'"; }

    void compare() {
        std::vector<Ref<Part>> found;
        for (int number = 1; number <= keys; ++number) {
            const auto names =
                session_.template execute<std::string>("SELECT name FROM part WHERE " + Part::key(number)).all();
            const Ref<Part> part = Part::get(session_, number);
            ASSERT_EQ(static_cast<bool>(part), !names.empty()) << Part::key(number);
            if (!part) continue;
            EXPECT_EQ(part->name, names[0]) << Part::key(number);
            EXPECT_TRUE(Part::get(session_, number) == part) << "one object for each row";
            EXPECT_FALSE(session_.is_modified(part));
            for (const auto& other : found) EXPECT_FALSE(other == part);
            found.push_back(part);
        }
        EXPECT_EQ(session_.template query<Part>().all().size(), found.size());
    }

    std::mt19937 random_;
    Engine engine_{"sqlite://"};
    Session session_{engine_};
    std::vector<decltype(std::declval<Session&>().begin_nested())> scopes_{};
    std::vector<Ref<Part>> held_{};
    int names_ = 0;
};

template <class Part>
struct SessionStatementsModel : testing::Test {};
using Keys = testing::Types<Number, Text, Pair>;
TYPED_TEST_SUITE(SessionStatementsModel, Keys);

TYPED_TEST(SessionStatementsModel, get_finds_exactly_the_rows_that_are_there) {
    for (unsigned seed = 1; seed <= 70 && !this->HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        Steps<TypeParam>{seed}.run(60);
    }
}

}  // namespace integration_session_statements_model
