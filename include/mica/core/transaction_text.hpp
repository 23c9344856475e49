// SPDX-License-Identifier: BSL-1.0
// What a text of the program's own does to the transaction that it runs in.
#pragma once

#include <string>

namespace mica {

struct TransactionText {
    enum class Kind : unsigned char {
        other,
        begin,
        end,               ///< commits it or rolls it back, as a whole
        savepoint,         ///< opens one of this name
        release,           ///< ends that one, and those inside of it
        rollback_to,       ///< undoes what is inside of that one
        ignored_setting,   ///< sets what the database leaves as it is while a transaction is open
        write_permission,  ///< sets whether the connection may write, perhaps as soon as it is prepared
    };

    Kind kind = Kind::other;
    std::string name{};  ///< of the savepoint in small letters, or of the setting

    /// Whether it begins or ends a transaction or a savepoint.
    bool is_step() const noexcept {
        return kind != Kind::other && kind != Kind::ignored_setting && kind != Kind::write_permission;
    }
};

}  // namespace mica
