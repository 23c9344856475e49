// SPDX-License-Identifier: BSL-1.0
// How many fields a struct has: the dearest step of reflection.
#pragma once

#include <boost/pfr/tuple_size.hpp>

#include <cstddef>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace mica::reflect {

namespace detail {

/// Becomes any field. References suit every type that can be copied, values those that can only be moved.
/// Never called; but std::optional asks for definitions, and a field's type without linkage has no other place for
/// them.
struct AnyCopyable {
    template <class Field>
    operator Field&() const& noexcept {
        std::abort();
    }
    template <class Field>
    operator Field&() const&& noexcept {
        std::abort();
    }
};
struct AnyMovable {
    template <class Field>
    operator Field() const&& noexcept {
        std::abort();
    }
};

template <class Owner, std::size_t>
using AnyField = std::conditional_t<std::is_copy_constructible_v<Owner>, AnyCopyable, AnyMovable>;

// clang-format off
/// How many empty braces an aggregate takes, at most 25: so many fields it has, arrays counted as one. 0 where not every
/// field can be had from nothing. Halves the numbers that are left: braces that are taken cost by their number, too many
/// cost g++ next to nothing.
template <class Owner>
consteval std::size_t count_braces() {
    if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
            if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                    if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                        return 25;
                    } else {
                        return 24;
                    }
                } else {
                    if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                        return 23;
                    } else {
                        return 22;
                    }
                }
            } else {
                if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                    if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                        return 21;
                    } else {
                        return 20;
                    }
                } else {
                    return 19;
                }
            }
        } else {
            if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                    if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                        return 18;
                    } else {
                        return 17;
                    }
                } else {
                    return 16;
                }
            } else {
                if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                    if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                        return 15;
                    } else {
                        return 14;
                    }
                } else {
                    return 13;
                }
            }
        }
    } else {
        if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}}; }) {
            if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                    if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                        return 12;
                    } else {
                        return 11;
                    }
                } else {
                    if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
                        return 10;
                    } else {
                        return 9;
                    }
                }
            } else {
                if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}}; }) {
                    if constexpr (requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}}; }) {
                        return 8;
                    } else {
                        return 7;
                    }
                } else {
                    return 6;
                }
            }
        } else {
            if constexpr (requires { Owner{{}, {}, {}}; }) {
                if constexpr (requires { Owner{{}, {}, {}, {}}; }) {
                    if constexpr (requires { Owner{{}, {}, {}, {}, {}}; }) {
                        return 5;
                    } else {
                        return 4;
                    }
                } else {
                    return 3;
                }
            } else {
                if constexpr (requires { Owner{{}}; }) {
                    if constexpr (requires { Owner{{}, {}}; }) {
                        return 2;
                    } else {
                        return 1;
                    }
                } else {
                    return 0;
                }
            }
        }
    }
}
// clang-format on

template <std::size_t>
using NthCopyable = AnyCopyable;
template <std::size_t>
using NthMovable = AnyMovable;

/// Whether a field goes on behind `braces` fields: one that empty braces cannot make. Both are tried, for the question
/// whether the struct can be copied costs more than to be told twice that these are too many.
template <class Owner, std::size_t... braces>
consteval bool has_more_fields(std::index_sequence<braces...>) {
    return requires { Owner{NthCopyable<braces>{}..., AnyCopyable{}}; } ||
           requires { Owner{NthMovable<braces>{}..., AnyMovable{}}; };
}

template <class Owner>
consteval std::size_t count_fields() {
    constexpr std::size_t braces = count_braces<Owner>();
    if constexpr (braces == 0 || braces > 24) {
        return boost::pfr::tuple_size_v<Owner>;
    } else if constexpr (has_more_fields<Owner>(std::make_index_sequence<braces>{})) {
        return boost::pfr::tuple_size_v<Owner>;
    } else {
        return braces;
    }
}

}  // namespace detail

/// So many fields can be taken apart everywhere, and so many with <mica/wide.hpp>.
inline constexpr std::size_t narrow_fields = 100;
inline constexpr std::size_t wide_fields = 256;

namespace detail {

/// A number of fields, by which the function that takes a wide struct apart is found.
template <std::size_t count>
struct FieldNumber {};

}  // namespace detail

/// The number of fields, counted once per struct. Boost.PFR's count costs 1.4 MB for each, 5 with clang.
template <class Owner>
inline constexpr std::size_t field_count = detail::count_fields<Owner>();

}  // namespace mica::reflect
