// SPDX-License-Identifier: BSL-1.0
// BelongsTo and HasOne: relation fields that lead to one object at most.
#pragma once

#include <mica/reflect/type_name.hpp>
#include <mica/session/object/ref.hpp>
#include <mica/session/relation/collection_slot.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// Reaches the slot of a relation field.
struct SlotAccess {
    template <class Relation>
    static auto& slot(Relation& relation) noexcept {
        return relation.slot_;
    }
};

template <class Target>
Ref<Target> ref_to(Tracked* tracked) noexcept {
    return Ref<Target>{static_cast<TrackedObject<Target>*>(tracked)};
}

/// A new object that no session tracks yet, its relations loaded and empty.
template <class Target>
Ref<Target> make_tracked(std::type_identity_t<Target>&& object) {
    Ref<Target> ref{new TrackedObject<Target>(operations_of<Target>, std::move(object))};
    if constexpr (relation_count<Target> > 0) {
        const RelationHooks& hooks = *relation_table_of<Target>().hooks;
        hooks.bind(*ref.tracked());
        hooks.start(*ref.tracked());
    }
    return ref;
}

inline void require_object(bool is_there) {
    if (!is_there) throw_misuse("a relation was given an empty handle");
}

/// What BelongsTo and HasOne can tell. `Self` says where the object is.
template <class Self, class Target>
class ToOne : public RelationTag {
public:
    /// The object, empty where there is none. Throws NotLoaded.
    Ref<Target> get() const {
        Tracked* const found = target();
        SlotAccess::slot(*static_cast<const Self*>(this)).note_followed();
        return ref_to<Target>(found);
    }
    operator Ref<Target>() const { return get(); }
    /// Throws NotLoaded, and ProgrammingError where there is no object.
    Target& operator*() const { return object(); }
    Target* operator->() const { return &object(); }
    /// Whether there is an object. Throws NotLoaded.
    explicit operator bool() const { return target() != nullptr; }

private:
    friend Self;
    ToOne() noexcept = default;

    Tracked* target() const { return static_cast<const Self*>(this)->find_target(); }
    Target& object() const {
        Tracked* const found = target();
        if (found == nullptr) [[unlikely]]
            throw_no_related(SlotAccess::slot(*static_cast<const Self*>(this)), reflect::type_name<Target>);
        SlotAccess::slot(*static_cast<const Self*>(this)).note_followed();
        found->note_seen();
        return static_cast<TrackedObject<Target>*>(found)->value;
    }
};

}  // namespace detail

/// The object whose key this one's foreign key holds. Assigning another sets the key at the next flush, after the other
/// has got its own; until then the key's field keeps its value. Where a program changes the key's field instead, the
/// relation follows at the flush; where it changes both, the relation counts. Assigning what it leads to already is no
/// change.
/// A copy of a tracked object has it unloaded; what a plain value has been given goes with its copies.
template <class Target, RelationOption... options>
class BelongsTo : public detail::ToOne<BelongsTo<Target, options...>, Target> {
public:
    BelongsTo() noexcept = default;
    BelongsTo(const Ref<Target>& target) noexcept { slot_.assign(target.tracked()); }
    /// Takes over a new object, which the flush saves too.
    BelongsTo(Target&& target) { slot_.assign(detail::make_tracked<Target>(std::move(target)).tracked()); }

    /// Throws ProgrammingError where another session tracks it.
    BelongsTo& operator=(const Ref<Target>& target) {
        slot_.assign(target.tracked());
        return *this;
    }
    BelongsTo& operator=(Target&& target) {
        const Ref<Target> made = detail::make_tracked<Target>(std::move(target));
        return *this = made;
    }
    BelongsTo& operator=(std::nullopt_t) {
        reset();
        return *this;
    }
    /// Leads to no object: the key becomes NULL at the next flush.
    void reset() { slot_.assign(nullptr); }

    bool is_loaded() const noexcept { return slot_.knows_target(); }

    /// Whether both lead to the same object. True where one is not loaded, so that a copy equals its original.
    friend bool operator==(const BelongsTo& left, const BelongsTo& right) noexcept {
        if (!left.is_loaded() || !right.is_loaded()) return true;
        return left.slot_.target() == right.slot_.target();
    }
    friend bool operator==(const BelongsTo& left, const Ref<Target>& right) { return left.get() == right; }

private:
    friend class detail::ToOne<BelongsTo, Target>;
    friend struct detail::SlotAccess;

    detail::Tracked* find_target() const {
        slot_.require_loaded(reflect::type_name<Target>);
        return slot_.target();
    }

    detail::ReferenceSlot slot_;
};

/// The one object whose foreign key holds this one's key. Assigning another parts the two and sets the other's key at
/// the next flush.
template <class Target, RelationOption... options>
class HasOne : public detail::ToOne<HasOne<Target, options...>, Target> {
public:
    HasOne() noexcept = default;

    /// Throws NotLoaded, and ProgrammingError where another session tracks it.
    HasOne& operator=(const Ref<Target>& target) {
        detail::Tracked* const old = find_target();
        if (old == target.tracked()) return *this;
        if (target) slot_.add(*target.tracked());
        if (old != nullptr) slot_.remove(*old);
        return *this;
    }
    HasOne& operator=(Target&& target) {
        const Ref<Target> made = detail::make_tracked<Target>(std::move(target));
        return *this = made;
    }
    HasOne& operator=(std::nullopt_t) {
        reset();
        return *this;
    }
    /// Leads to no object. Throws NotLoaded.
    void reset() {
        if (detail::Tracked* const old = find_target()) slot_.remove(*old);
    }

    bool is_loaded() const noexcept { return slot_.state != nullptr; }

    friend bool operator==(const HasOne& left, const HasOne& right) noexcept {
        return !left.is_loaded() || !right.is_loaded() || left.find_target() == right.find_target();
    }
    friend bool operator==(const HasOne& left, const Ref<Target>& right) { return left.get() == right; }

private:
    friend class detail::ToOne<HasOne, Target>;
    friend struct detail::SlotAccess;

    detail::Tracked* find_target() const {
        slot_.require_loaded(reflect::type_name<Target>);
        return slot_.size() == 0 ? nullptr : slot_.state->members.back().target.get();
    }

    detail::CollectionSlot slot_;
};

}  // namespace mica
