// SPDX-License-Identifier: BSL-1.0
// A connection's prepared statements: one slot for each statement type, found without touching its text, and a bounded
// list of texts for SQL that is known only at run time.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>
#include <mica/engine/backend.hpp>
#include <mica/query/statement/statement.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mica {

namespace detail {

/// One for all shared objects of a program, also for those that hide their symbols.
[[gnu::visibility("default")]] inline Atomic<std::uint32_t> next_statement_slot{1};

/// Gives a statement type its slot. Two threads may both try; the first wins.
[[gnu::cold]] MICA_DECL std::uint32_t assign_slot(const StatementInfo& info);

/// Sees to it that a text that may change the connection's settings, which is true then, finds them kept.
template <class Database>
bool keep_settings(Database& database, std::string_view sql) {
    if constexpr (KeepsSettings<Database>) {
        if (!database.may_change_settings(sql)) return false;
        database.keep_settings();
        return true;
    } else {
        return false;
    }
}

template <class Database>
bool may_be_transaction_text(const Database& database, std::string_view sql) {
    if constexpr (KnowsTransactionTexts<Database>) {
        return database.may_be_transaction_text(sql);
    } else {
        return false;
    }
}

}  // namespace detail

/// A statement that is prepared, and whether somebody is using it.
template <class BackendType>
struct CachedStatement {
    typename BackendType::Statement statement;
    ListView<ColumnOrigin> origins;
    bool in_use = true;
    bool is_plain = true;  ///< it is cached, and nobody is told of its end: asked once, not for each reason
    bool is_cached = true;
    bool is_watched = false;
    bool may_change_settings = false;
    bool may_be_about_transactions = false;  ///< of a text of the program's, see KnowsTransactionTexts
    CachedStatement* next_spare = nullptr;   ///< of those that are prepared because their twin was in use
    bool writes = !statement.read_only();
    bool chooses_key = false;  ///< an INSERT, of which is known that the database chooses the keys that are not given
};

/// Not thread-safe: it belongs to one connection.
template <class BackendType>
class StatementCache {
public:
    using Entry = CachedStatement<BackendType>;
    /// How many texts of run-time SQL stay prepared.
    static constexpr std::size_t text_capacity = 64;

    StatementCache() = default;
    StatementCache(const StatementCache&) = delete;
    StatementCache& operator=(const StatementCache&) = delete;
    [[gnu::cold]] ~StatementCache();

    /// The statement of `info`, ready to be bound. Prepares it where it is new or in use.
    Entry& acquire(typename BackendType::Database& database, const StatementInfo& info) {
        const std::uint32_t slot = info.slot.load();
        if (slot < slots_.size() && slots_[slot].info == &info) [[likely]] {
            Entry& entry = *slots_[slot].entry;
            if (!entry.in_use) [[likely]] {
                entry.in_use = true;
                return entry;
            }
        }
        return prepare(database, info);
    }

    /// The statement of a text that is known only now.
    Entry& acquire(typename BackendType::Database& database, std::string_view sql, ListView<ColumnOrigin> origins = {});

    /// Whether the rows of a statement were few or many the last time; it is noted where somebody wants to know.
    enum class Expected : std::uint8_t { unknown, few, many };
    Expected expected(const StatementInfo& info) const noexcept {
        const std::uint32_t slot = info.slot.load();
        return slot < slots_.size() ? slots_[slot].expected : Expected::unknown;
    }
    [[gnu::cold, gnu::noinline]] void expect(const StatementInfo& info, Expected rows) {
        slots_[place_of(info)].expected = rows;
    }

    void release(Entry& entry) noexcept {
        if (!entry.is_plain) [[unlikely]]
            return release_special(entry);
        entry.statement.reset();
        entry.in_use = false;
    }

    /// Ends whatever is still running, so that the connection can be given to somebody else.
    void release_all() noexcept;

private:
    /// Who has it: shared objects that the loader keeps apart count their statement types apart, and give out the same
    /// number twice. Whoever comes second goes by its text.
    struct Slot {
        const StatementInfo* info = nullptr;
        Entry* entry = nullptr;
        Expected expected = Expected::unknown;
    };

    /// Where it has its slot, from now on.
    std::uint32_t place_of(const StatementInfo& info) {
        std::uint32_t slot = info.slot.load();
        if (slot == 0) slot = detail::assign_slot(info);
        if (slot >= slots_.size()) slots_.resize(slot + slot / 2 + 8);
        return slot;
    }

    struct TextStatement : Entry {
        std::string text;
        TextStatement* next_older;
    };

    TextStatement& move_to_front(TextStatement** link) noexcept;

    [[gnu::cold, gnu::noinline]] Entry& prepare(typename BackendType::Database& database, const StatementInfo& info);

    [[gnu::noinline]] Entry& prepare(typename BackendType::Database& database, std::string_view sql,
                                     ListView<ColumnOrigin> origins);

    /// Makes room for another text; false where all of them are in use.
    bool drop_oldest_text() noexcept;

    Entry& spare(typename BackendType::Database& database, std::string_view sql, ListView<ColumnOrigin> origins);

    [[gnu::cold, gnu::noinline]] void release_special(Entry& entry) noexcept;
    void drop_spare(Entry& entry) noexcept;

    detail::List<Slot> slots_;
    TextStatement* texts_ = nullptr;  ///< the latest used first
    std::size_t text_count_ = 0;
    Entry* spares_ = nullptr;
};

template <class BackendType>
StatementCache<BackendType>::~StatementCache() {
    for (const Slot& slot : slots_) delete slot.entry;
    while (texts_ != nullptr) delete detail::exchange(texts_, texts_->next_older);
    while (spares_ != nullptr) delete detail::exchange(spares_, spares_->next_spare);
}

template <class BackendType>
auto StatementCache<BackendType>::acquire(typename BackendType::Database& database, std::string_view sql,
                                          ListView<ColumnOrigin> origins) -> Entry& {
    for (TextStatement** link = &texts_; *link != nullptr; link = &(*link)->next_older) {
        if ((*link)->text != sql) continue;
        TextStatement& found = move_to_front(link);
        if (found.in_use) return spare(database, sql, origins);
        found.in_use = true;
        found.origins = origins;
        return found;
    }
    return prepare(database, sql, origins);
}

template <class BackendType>
void StatementCache<BackendType>::release_all() noexcept {
    for (const Slot& slot : slots_) {
        if (slot.entry != nullptr && slot.entry->in_use) release(*slot.entry);
    }
    for (TextStatement* entry = texts_; entry != nullptr; entry = entry->next_older) {
        if (entry->in_use) release(*entry);
    }
    while (spares_ != nullptr) release(*spares_);
}

template <class BackendType>
auto StatementCache<BackendType>::move_to_front(TextStatement** link) noexcept -> TextStatement& {
    TextStatement& entry = **link;
    *link = entry.next_older;
    entry.next_older = detail::exchange(texts_, &entry);
    return entry;
}

template <class BackendType>
auto StatementCache<BackendType>::prepare(typename BackendType::Database& database, const StatementInfo& info)
    -> Entry& {
    Slot& place = slots_[place_of(info)];
    const std::string sql = detail::text_of(info, BackendType::dialect);
    if (place.info == &info) return spare(database, sql, info.origins);
    if (place.info != nullptr) return acquire(database, sql, info.origins);
    place.entry = new Entry{database.prepare(sql, true), info.origins};
    place.info = &info;
    return *place.entry;
}

template <class BackendType>
auto StatementCache<BackendType>::prepare(typename BackendType::Database& database, std::string_view sql,
                                          ListView<ColumnOrigin> origins) -> Entry& {
    if (text_count_ == text_capacity && !drop_oldest_text()) return spare(database, sql, origins);
    const bool may_change_settings = detail::keep_settings(database, sql);
    // Each part before the whole: g++ 12 destroys a base twice where a member's initializer throws.
    std::string text{sql};
    typename BackendType::Statement statement = database.prepare(sql, true);
    texts_ = new TextStatement{{std::move(statement), origins}, std::move(text), texts_};
    texts_->may_change_settings = may_change_settings;
    texts_->may_be_about_transactions = detail::may_be_transaction_text(database, sql);
    ++text_count_;
    return *texts_;
}

template <class BackendType>
bool StatementCache<BackendType>::drop_oldest_text() noexcept {
    TextStatement** oldest = nullptr;
    for (TextStatement** link = &texts_; *link != nullptr; link = &(*link)->next_older) {
        if (!(*link)->in_use) oldest = link;
    }
    if (oldest == nullptr) return false;
    delete detail::exchange(*oldest, (*oldest)->next_older);
    --text_count_;
    return true;
}

template <class BackendType>
auto StatementCache<BackendType>::spare(typename BackendType::Database& database, std::string_view sql,
                                        ListView<ColumnOrigin> origins) -> Entry& {
    const bool may_change_settings = detail::keep_settings(database, sql);
    const bool may_be_about_transactions = detail::may_be_transaction_text(database, sql);
    spares_ = new Entry{database.prepare(sql, false), origins, true, false, false, false, may_change_settings,
                        may_be_about_transactions,    spares_};
    return *spares_;
}

template <class BackendType>
void StatementCache<BackendType>::release_special(Entry& entry) noexcept {
    entry.statement.reset();
    entry.in_use = false;
    entry.is_watched = false;
    entry.is_plain = entry.is_cached;
    if (!entry.is_cached) drop_spare(entry);
}

template <class BackendType>
void StatementCache<BackendType>::drop_spare(Entry& entry) noexcept {
    Entry** link = &spares_;
    while (*link != &entry) link = &(*link)->next_spare;
    *link = entry.next_spare;
    delete &entry;
}

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/statement_cache.ipp>
#endif
