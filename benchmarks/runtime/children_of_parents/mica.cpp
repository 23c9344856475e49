// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include "support/family.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

struct Child;

struct Parent {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Child> children{};
};

struct Child {
    std::int64_t id = 0;
    std::int64_t parent_id = 0;
    std::string name;
    double score = 0;
    static constexpr auto mapping() { return mica::table("Child", mica::foreign_key<&Child::parent_id, &Parent::id>); }
};

class Work : public Workload {
public:
    explicit Work(int rows) {
        const Family family = make_family(rows);
        for (const ParentRow& parent : family.parents) session_.add(Parent{parent.id, parent.name});
        for (const ChildRow& child : family.children) {
            session_.add(Child{child.id, child.parent_id, child.name, child.score});
        }
        session_.commit();
        session_.clear();
        session_.begin();
    }

    void run() override {
        found_ = session_.query<Parent>().with<&Parent::children>().order_by(mica::col<&Parent::id>).all();
    }
    std::int64_t result() override {
        std::int64_t sum = 0;
        for (const mica::Ref<Parent>& parent : found_) {
            sum += parent->id * parent->name.back();
            for (const mica::Ref<Child>& child : parent->children) sum = weight_behind(sum, *child);
        }
        return sum;
    }
    void restore() override {
        std::vector<mica::Ref<Parent>>{}.swap(found_);
        session_.clear();
    }

private:
    static mica::Engine make_engine() {
        mica::Engine engine{"sqlite://"};
        engine.create_all<Parent, Child>();
        return engine;
    }

    mica::Engine engine_ = make_engine();
    mica::Session session_{engine_};
    std::vector<mica::Ref<Parent>> found_{};
};

[[maybe_unused]] const bool added = add_side<Work>("children_of_parents", "mica");

}  // namespace

}  // namespace benchmarks
