// SPDX-License-Identifier: BSL-1.0
// What a session writes of its objects, and what becomes of them when the database has taken or refused it.
#pragma once

#include <mica/core/late.hpp>
#include <mica/engine/open_connection.hpp>
#include <mica/session/core/tracked_objects.hpp>
#include <mica/session/flush/change.hpp>
#include <mica/session/flush/planner.hpp>

#include <vector>

namespace mica::detail {

template <class Lazy = void>
class FlushTables;
template <class Lazy = void>
class FlushOutcome;

template <class BackendType>
class UnitOfWork : public TrackedObjects<Late<void, BackendType>> {
    using Lazy = Late<void, BackendType>;
    using Objects = TrackedObjects<Lazy>;

public:
    UnitOfWork() = default;
    UnitOfWork(const UnitOfWork&) = delete;
    UnitOfWork& operator=(const UnitOfWork&) = delete;
    ~UnitOfWork();

    /// What a flush would write, without its hooks. What it would refuse is listed by tables.
    [[gnu::cold]] Late<std::vector<PlannedChange>, BackendType> plan();

    /// Writes all changes. Where one fails, none of this flush remains, in the database or in memory, and all of them
    /// are still to be written.
    void flush(OpenConnection<BackendType>& connection);

private:
    using Objects::has_generated_;
    using Objects::list_;
    using Objects::log_;
    using Objects::lost_;
    using Objects::map_;
    using Objects::parts;
    using Objects::relations_;
    using Objects::removals_;

    void write(OpenConnection<BackendType>& connection);
    [[gnu::cold]] void read_members_again(OpenConnection<BackendType>& connection);

    /// What has come along: nobody has asked to change these objects. There is room in the log. Whether one has a key
    /// now that it did not have.
    bool settle(FlushOutcome<Lazy>& outcome) noexcept;

    /// Makes a written change the state in memory. All memory it needs is reserved. Whether the object has a key now
    /// that it did not have.
    bool settle(Change&& change) noexcept;

    FlushTables<Lazy>& tables();

    FlushTables<Lazy>* tables_ = nullptr;  ///< made by the first flush
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/session/core/impl/unit_of_work.ipp>
#endif
