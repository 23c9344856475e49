// SPDX-License-Identifier: BSL-1.0
// Frames: which rows around each one a window function sees (https://www.sqlite.org/windowfunctions.html, section 2.2).
#pragma once

#include <mica/query/expression/argument.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace mica {

enum class FrameMode : unsigned char { rows, range, groups };
/// In the order in which the bounds of a frame must be.
enum class BoundKind : unsigned char { unbounded_preceding, preceding, current_row, following, unbounded_following };
enum class Exclusion : unsigned char { nothing, current_row, group, ties };

/// One end of a frame; `Distance` is None where it has none.
template <BoundKind bound_kind, class Distance = None>
struct FrameBound {
    static constexpr BoundKind kind = bound_kind;
    using DistanceType = Distance;
    using Children = Types<Distance>;

    Distance distance{};

    static constexpr void render(SqlWriter& writer) {
        if constexpr (!is_none<Distance>) {
            Distance::render(writer);
            writer.put(' ');
        }
        switch (kind) {
            case BoundKind::unbounded_preceding: writer.text("UNBOUNDED PRECEDING"); break;
            case BoundKind::preceding: writer.text("PRECEDING"); break;
            case BoundKind::current_row: writer.text("CURRENT ROW"); break;
            case BoundKind::following: writer.text("FOLLOWING"); break;
            case BoundKind::unbounded_following: writer.text("UNBOUNDED FOLLOWING"); break;
        }
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        distance.bind(sink);
    }
};

/// A frame's end: the partition's first row.
inline constexpr FrameBound<BoundKind::unbounded_preceding> unbounded_preceding{};
/// A frame's end: the row itself; of range_between() and groups_between() the rows that are equal to it too.
inline constexpr FrameBound<BoundKind::current_row> current_row{};
/// A frame's end: the partition's last row.
inline constexpr FrameBound<BoundKind::unbounded_following> unbounded_following{};

template <FrameMode mode, Exclusion exclusion, class Begin, class End>
struct Frame {
    static constexpr int place_in_window = 3;
    static constexpr bool measures_values =
        mode == FrameMode::range && (Begin::kind == BoundKind::preceding || Begin::kind == BoundKind::following ||
                                     End::kind == BoundKind::preceding || End::kind == BoundKind::following);
    static constexpr bool has_current_row = Begin::kind <= BoundKind::current_row &&
                                            End::kind >= BoundKind::current_row &&
                                            (exclusion == Exclusion::nothing || exclusion == Exclusion::ties);
    using Children = Types<Begin, End>;

    Begin begin;
    End end;

    /// Without the row itself; without it and its equals in order_by(); without its equals.
    constexpr auto exclude_current_row() const { return Frame<mode, Exclusion::current_row, Begin, End>{begin, end}; }
    constexpr auto exclude_group() const { return Frame<mode, Exclusion::group, Begin, End>{begin, end}; }
    constexpr auto exclude_ties() const { return Frame<mode, Exclusion::ties, Begin, End>{begin, end}; }

    static constexpr void render(SqlWriter& writer) {
        writer.text(mode == FrameMode::rows    ? "ROWS BETWEEN "
                    : mode == FrameMode::range ? "RANGE BETWEEN "
                                               : "GROUPS BETWEEN ");
        Begin::render(writer);
        writer.text(" AND ");
        End::render(writer);
        switch (exclusion) {
            case Exclusion::nothing: break;
            case Exclusion::current_row: writer.text(" EXCLUDE CURRENT ROW"); break;
            case Exclusion::group: writer.text(" EXCLUDE GROUP"); break;
            case Exclusion::ties: writer.text(" EXCLUDE TIES"); break;
        }
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        begin.bind(sink);
        end.bind(sink);
    }
};

namespace detail {

template <class Distance>
consteval bool require_one_distance() {
    constexpr bool is_one = std::is_void_v<typename decltype(find_source<Distance>())::type>;
    static_assert(is_one, "mica: the distance of a frame's bound is one for all rows, so it uses no column");
    return is_one;
}

template <BoundKind kind, class Distance>
constexpr auto make_bound(Distance&& distance) {
    if constexpr (!are_sound<Takes::number>(std::type_identity<Types<Distance>>{})) {
        return Invalid{};
    } else if constexpr (require_one_distance<Argument<Distance>>()) {
        return FrameBound<kind, Argument<Distance>>{argument(std::forward<Distance>(distance))};
    } else {
        return Invalid{};
    }
}

template <class Candidate>
inline constexpr bool is_frame_bound = false;
template <BoundKind kind, class Distance>
inline constexpr bool is_frame_bound<FrameBound<kind, Distance>> = true;

template <class Distance>
inline constexpr bool is_count = StoredInteger<without_optional<typename Distance::Value>>;
template <>
inline constexpr bool is_count<None> = true;

template <FrameMode mode, class Begin, class End>
consteval bool require_frame() {
    constexpr bool are_bounds = is_frame_bound<Begin> && is_frame_bound<End>;
    static_assert(are_bounds,
                  "mica: a frame is between two of unbounded_preceding, preceding(n), current_row, "
                  "following(n), unbounded_following");
    if constexpr (are_bounds) {
        constexpr bool is_ordered = Begin::kind <= End::kind && Begin::kind != BoundKind::unbounded_following &&
                                    End::kind != BoundKind::unbounded_preceding;
        static_assert(is_ordered, "mica: a frame begins before it ends");
        constexpr bool is_counted = mode == FrameMode::range ||
                                    (is_count<typename Begin::DistanceType> && is_count<typename End::DistanceType>);
        static_assert(is_counted, "mica: rows and groups of a frame are counted in integers");
        return is_ordered && is_counted;
    } else {
        return false;
    }
}

template <FrameMode mode, class Begin, class End>
constexpr auto make_frame(Begin begin, End end) {
    if constexpr (std::same_as<Begin, Invalid> || std::same_as<End, Invalid>) {
        return Invalid{};
    } else if constexpr (require_frame<mode, Begin, End>()) {
        return Frame<mode, Exclusion::nothing, Begin, End>{std::move(begin), std::move(end)};
    } else {
        return Invalid{};
    }
}

/// Whether each row is in its own frame.
template <class Part>
inline constexpr bool frame_has_current_row = true;
template <FrameMode mode, Exclusion exclusion, class Begin, class End>
inline constexpr bool frame_has_current_row<Frame<mode, exclusion, Begin, End>> =
    Frame<mode, exclusion, Begin, End>::has_current_row;

}  // namespace detail

/// An end of a frame, counted in rows, in groups of equal rows, or by the value that order_by() names. The distance is
/// the same for all rows, and not negative: else it is a DataError when the statement runs.
template <class Distance>
constexpr auto preceding(Distance&& distance) {
    return detail::make_bound<BoundKind::preceding>(std::forward<Distance>(distance));
}
/// The same behind the row.
template <class Distance>
constexpr auto following(Distance&& distance) {
    return detail::make_bound<BoundKind::following>(std::forward<Distance>(distance));
}

/// The frame of rows from one bound to the other: rows_between(preceding(2), current_row).
template <class Begin, class End>
constexpr auto rows_between(Begin begin, End end) {
    return detail::make_frame<FrameMode::rows>(std::move(begin), std::move(end));
}
/// The same by the values of the one expression in order_by().
template <class Begin, class End>
constexpr auto range_between(Begin begin, End end) {
    return detail::make_frame<FrameMode::range>(std::move(begin), std::move(end));
}
/// The same counted in groups of rows that are equal in order_by().
template <class Begin, class End>
constexpr auto groups_between(Begin begin, End end) {
    return detail::make_frame<FrameMode::groups>(std::move(begin), std::move(end));
}

}  // namespace mica
