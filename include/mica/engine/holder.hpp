// SPDX-License-Identifier: BSL-1.0
// Who holds something of an engine's, as it is told to those who wait for it in vain.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/decl.hpp>
#include <mica/core/thread_number.hpp>

#include <cstdint>
#include <string_view>

namespace mica::detail {

enum class HolderKind : std::uint8_t { connection, session, reader, engine, test_scope };
inline constexpr int holder_kind_count = 5;

/// With its article: "a Connection".
[[gnu::cold]] MICA_DECL std::string_view name_of(HolderKind kind) noexcept;

/// Which thread holds it, and as what. Anybody may look, so both may already be another's.
class Holder {
public:
    /// A thread that holds it, by its thread_number(), or nobody: also where it is on its way to another thread.
    void set(HolderKind kind) noexcept {
        thread_.store(thread_number());
        kind_.store(kind);
    }
    /// The same, when another thread goes on.
    void set_thread() noexcept { thread_.store(thread_number()); }
    void clear() noexcept { thread_.store(nobody); }

    bool is_this_thread() const noexcept { return thread_.load() == thread_number(); }
    HolderKind kind() const noexcept { return kind_.load(); }

private:
    static constexpr std::uint64_t nobody = 0;

    Atomic<std::uint64_t> thread_{nobody};
    Atomic<HolderKind> kind_{HolderKind::connection};
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/holder.ipp>
#endif
