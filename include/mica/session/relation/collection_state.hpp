// SPDX-License-Identifier: BSL-1.0
// What a loaded collection holds.
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/object/front_list.hpp>
#include <mica/session/object/graph.hpp>
#include <mica/session/object/pointer_set.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

/// One object in a collection.
template <class Object>
struct BasicMember {
    GraphEdge<Object> target{};
    GraphEdge<Object> association{};  ///< of ManyToMany; null before a flush has made it
    bool is_new = false;
    bool is_gathered = false;  ///< what is new or removed of it is written by the flush that goes on
    std::uint32_t step = 0;    ///< of one that is new: where the log has its coming, counted from 1
};

template <class Object>
struct CollectionState {
    using Member = BasicMember<Object>;

    /// A further row of an association for an object that is there already.
    struct Further {
        const Object* target;
        GraphEdge<Object> association;
    };

    struct Removed {
        Member member;
        std::size_t place;  ///< where it was
    };

    FrontList<Member> members{};
    List<Removed> removed{};  ///< since the last flush
    List<Further> further{};
    PointerSet<Object> index{};  ///< of the members' targets
    std::size_t added = 0;       ///< how many members are new
};

}  // namespace mica::detail
