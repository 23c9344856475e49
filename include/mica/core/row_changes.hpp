// SPDX-License-Identifier: BSL-1.0
// Which rows have changed, in their order, as a database tells of them.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/list.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mica {

/// What has happened to a row.
enum class RowChangeKind : unsigned char {
    insert,
    update,
    remove,
    unknown,  ///< rows have changed of which the database does not tell: table and key are empty
};

/// A row that a committed transaction has changed. Its texts live as long as the call that it is given to.
struct RowChange {
    std::string_view schema;  ///< "main", or the name of an attached database
    std::string_view table;
    /// Its rowid, which is the primary key where that is one integer; of a table WITHOUT ROWID that integer.
    std::int64_t key;
    RowChangeKind kind;
    /// Of a table WITHOUT ROWID with another primary key: that one as text, its values separated by commas. Else empty.
    std::string_view key_text{};
};

namespace detail {

/// A table's name is kept once, a change in 16 bytes and what its key has of text.
class RowChanges {
public:
    bool empty() const noexcept { return size() == 0; }
    /// The last of them may be RowChangeKind::unknown.
    std::size_t size() const noexcept { return changes_.size() + (has_unknown_ ? 1 : 0); }
    RowChange operator[](std::size_t index) const noexcept {
        if (index == changes_.size()) return {{}, {}, 0, RowChangeKind::unknown, {}};
        const Change& change = changes_[index];
        const TableName& table = tables_[change.table];
        if (!change.has_text) return {table.schema, table.name, change.key, change.kind, {}};
        return {table.schema, table.name, 0, change.kind, texts_[static_cast<std::size_t>(change.key)]};
    }
    bool has_unknown() const noexcept { return has_unknown_; }
    /// How many of them are not.
    std::size_t known() const noexcept { return changes_.size(); }

    [[gnu::cold]] MICA_DECL void add(std::string_view schema, std::string_view table, std::int64_t key,
                                     RowChangeKind kind);
    [[gnu::cold]] MICA_DECL void add(std::string_view schema, std::string_view table, std::string_view key_text,
                                     RowChangeKind kind);
    void add_unknown() noexcept { has_unknown_ = true; }
    /// Undoes the known ones behind the first `count`; what is unknown may have been before.
    [[gnu::cold]] MICA_DECL void shrink(std::size_t count) noexcept;
    void clear() noexcept {
        changes_.clear();
        texts_.clear();
        has_unknown_ = false;
    }
    [[gnu::cold]] MICA_DECL void append(const RowChanges& others);
    /// Whether a row of the table may be among them; letters in any case, in whichever schema.
    [[gnu::cold]] MICA_DECL bool may_touch(std::string_view table) const noexcept;

private:
    struct TableName {
        std::string schema;
        std::string name;
    };
    struct Change {
        std::int64_t key;  ///< or which of the texts it is
        std::uint32_t table;
        RowChangeKind kind;
        bool has_text;
    };

    [[gnu::cold]] MICA_DECL std::uint32_t number_of(std::string_view schema, std::string_view table);

    List<TableName> tables_{};
    List<Change> changes_{};
    List<std::string> texts_{};
    bool has_unknown_ = false;
};

}  // namespace detail

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/core/impl/row_changes.ipp>
#endif
