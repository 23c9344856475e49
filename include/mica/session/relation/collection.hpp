// SPDX-License-Identifier: BSL-1.0
// HasMany and ManyToMany: relation fields that lead to any number of objects.
#pragma once

#include <mica/core/iterator.hpp>
#include <mica/session/relation/relation.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

namespace mica {

namespace detail {

/// The handles of a collection, in the order in which the database gave them; what was added comes last. Nothing here
/// asks the database: every member but is_loaded() throws NotLoaded where the collection has not been loaded.
template <class Target>
class Collection : public RelationTag {
public:
    using value_type = Ref<Target>;

    /// Stays valid whatever happens to the collection; one that has passed its end compares equal to end().
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Ref<Target>;
        using difference_type = std::ptrdiff_t;
        using pointer = Ref<Target>*;
        using reference = Ref<Target>&;

        Iterator() = default;
        /// The handle is the iterator's own.
        Ref<Target>& operator*() const noexcept {
            slot_->note_followed();
            current_ = ref_to<Target>(slot_->state->members[index_].target.get());
            return current_;
        }
        Ref<Target>* operator->() const noexcept { return &**this; }
        Iterator& operator++() noexcept {
            ++index_;
            return *this;
        }
        Iterator operator++(int) {
            Iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const Iterator& left, const Iterator& right) noexcept {
            return left.place() == right.place();
        }

    private:
        friend class Collection;
        Iterator(const CollectionSlot& slot, std::size_t index) noexcept : slot_(&slot), index_(index) {}

        std::size_t place() const noexcept {
            if (slot_ == nullptr || slot_->state == nullptr || index_ >= slot_->size()) return past_the_end;
            return index_;
        }

        static constexpr std::size_t past_the_end = static_cast<std::size_t>(-1);
        const CollectionSlot* slot_ = nullptr;
        std::size_t index_ = past_the_end;
        mutable Ref<Target> current_{};
    };
    using iterator = Iterator;
    using const_iterator = Iterator;

    std::size_t size() const { return loaded().size(); }
    bool empty() const { return size() == 0; }
    Iterator begin() const { return {loaded(), 0}; }
    Iterator end() const { return {loaded(), Iterator::past_the_end}; }
    /// Undefined for an index that is not below size().
    Ref<Target> operator[](std::size_t index) const {
        const CollectionSlot& slot = loaded();
        slot.note_followed();
        return ref_to<Target>(slot.state->members[index].target.get());
    }
    bool contains(const Ref<Target>& target) const { return target && loaded().contains(*target.tracked()); }

    /// Adds an object, which the next flush connects with this one, and saves where it is new. False where it is there
    /// already. Throws ProgrammingError where another session tracks it.
    bool add(const Ref<Target>& target) {
        require_object(static_cast<bool>(target));
        return loaded().add(*target.tracked());
    }
    /// Takes over a new object; gives its handle.
    Ref<Target> add(Target&& target) {
        loaded();
        Ref<Target> made = make_tracked<Target>(std::move(target));
        add(made);
        return made;
    }
    template <std::same_as<Target> Given>
    Ref<Target> add(const Given&) {
        static_assert(!std::same_as<Target, Given>,
                      "mica: add() takes the object over: write add(std::move(x)), or add(T{x}) for a copy");
        return {};
    }
    /// Takes an object out, which the next flush parts from this one. False where it is not there.
    bool remove(const Ref<Target>& target) {
        require_object(static_cast<bool>(target));
        return loaded().remove(*target.tracked());
    }

    bool is_loaded() const noexcept { return slot_.state != nullptr; }

protected:
    Collection() noexcept = default;

    /// Whether both have the same objects in the same order. True where one is not loaded, so that a copy equals its
    /// original.
    bool equals(const Collection& other) const noexcept {
        if (!is_loaded() || !other.is_loaded()) return true;
        if (slot_.size() != other.slot_.size()) return false;
        for (std::size_t i = 0; i < slot_.size(); ++i) {
            if (slot_.state->members[i].target.get() != other.slot_.state->members[i].target.get()) return false;
        }
        return true;
    }

private:
    friend struct SlotAccess;

    const CollectionSlot& loaded() const {
        slot_.require_loaded(reflect::type_name<Target>);
        return slot_;
    }
    CollectionSlot& loaded() {
        slot_.require_loaded(reflect::type_name<Target>);
        return slot_;
    }

    CollectionSlot slot_;
};

}  // namespace detail

/// The objects whose foreign key holds this one's key. One that is added gets the key at the next flush; one that is
/// removed has its key set to NULL, or is deleted where the collection is `owned`. The flush refuses to part an object
/// whose key cannot be NULL and that has no other parent.
template <class Target, RelationOption... options>
class HasMany : public detail::Collection<Target> {
public:
    HasMany() noexcept = default;
    friend bool operator==(const HasMany& left, const HasMany& right) noexcept { return left.equals(right); }
};

/// The objects that rows of an association entity connect with this one. Adding one inserts such a row at the next
/// flush, its other fields as a new association has them; removing one deletes it.
template <class Target, class Association, RelationOption... options>
class ManyToMany : public detail::Collection<Target> {
public:
    ManyToMany() noexcept = default;
    friend bool operator==(const ManyToMany& left, const ManyToMany& right) noexcept { return left.equals(right); }
};

}  // namespace mica
