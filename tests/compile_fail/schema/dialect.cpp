// SPDX-License-Identifier: BSL-1.0
// Tables that a database cannot make; SQLite, the accepted twin's, can.
#include <mica/mica.hpp>

#include <support/hostile_dialect.hpp>

#include <cstdint>
#include <string>

struct Maker {
    std::int64_t id = 0;
};

struct DeferrableKeys {
    std::int64_t id = 0;
    std::int64_t maker = 0;
    std::string make;
    int price = 0;
    bool dear = false;
    static constexpr auto mapping() {
        return mica::table("car", mica::foreign_key<&DeferrableKeys::maker, &Maker::id>.deferrable());
    }
};
// error: mica: this database has no deferrable foreign keys
#ifdef FAULT_deferrable_keys
constexpr auto deferrable_keys = mica::ddl<DeferrableKeys, mica::test::bare>;
#elif !defined FAULT
constexpr auto deferrable_keys = mica::ddl<DeferrableKeys>;
#endif

struct PartialIndexes {
    std::int64_t id = 0;
    std::int64_t maker = 0;
    std::string make;
    int price = 0;
    bool dear = false;
    static constexpr auto mapping() {
        return mica::table("car", mica::index<&PartialIndexes::make>.where(mica::col<&PartialIndexes::price> > 9));
    }
};
// error: mica: this database has no indexes with a condition
#ifdef FAULT_partial_indexes
constexpr auto partial_indexes = mica::ddl<PartialIndexes, mica::test::bare>;
#elif !defined FAULT
constexpr auto partial_indexes = mica::ddl<PartialIndexes>;
#endif

struct VirtualColumns {
    std::int64_t id = 0;
    std::int64_t maker = 0;
    std::string make;
    int price = 0;
    bool dear = false;
    static constexpr auto mapping() {
        return mica::table("car", mica::generated<&VirtualColumns::dear>(mica::col<&VirtualColumns::price> > 9));
    }
};
// error: mica: this database has no generated columns that are not stored
#ifdef FAULT_virtual_columns
constexpr auto virtual_columns = mica::ddl<VirtualColumns, mica::test::bare>;
#elif !defined FAULT
constexpr auto virtual_columns = mica::ddl<VirtualColumns>;
#endif
