// SPDX-License-Identifier: BSL-1.0
// The fields of structs of 25 to 100 fields. Boost.PFR takes them apart as well, but reading how costs g++ 1.5 MB more,
// and it hands them over as a std::tuple of references, the dearest of types.
#pragma once

#include <mica/reflect/field_count.hpp>

namespace mica::reflect::detail {

// clang-format off
#define MICA_LONG_20() \
    f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20
#define MICA_LONG_30() MICA_LONG_20(), f21, f22, f23, f24, f25, f26, f27, f28, f29, f30
#define MICA_LONG_40() MICA_LONG_30(), f31, f32, f33, f34, f35, f36, f37, f38, f39, f40
#define MICA_LONG_50() MICA_LONG_40(), f41, f42, f43, f44, f45, f46, f47, f48, f49, f50
#define MICA_LONG_60() MICA_LONG_50(), f51, f52, f53, f54, f55, f56, f57, f58, f59, f60
#define MICA_LONG_70() MICA_LONG_60(), f61, f62, f63, f64, f65, f66, f67, f68, f69, f70
#define MICA_LONG_80() MICA_LONG_70(), f71, f72, f73, f74, f75, f76, f77, f78, f79, f80
#define MICA_LONG_90() MICA_LONG_80(), f81, f82, f83, f84, f85, f86, f87, f88, f89, f90

#define MICA_LONG_BIND(count, ...)                                                                \
    template <class Object, class Use>                                                            \
    constexpr decltype(auto) bind_fields(Object& object, Use& use, FieldNumber<count>) {          \
        auto& [__VA_ARGS__] = object;                                                             \
        return use(__VA_ARGS__);                                                                  \
    }

#define MICA_LONG_FIVE(t) \
    MICA_LONG_BIND(t##5, MICA_LONG_##t##0(), f##t##1, f##t##2, f##t##3, f##t##4, f##t##5) \
    MICA_LONG_BIND(t##6, MICA_LONG_##t##0(), f##t##1, f##t##2, f##t##3, f##t##4, f##t##5, f##t##6) \
    MICA_LONG_BIND(t##7, MICA_LONG_##t##0(), f##t##1, f##t##2, f##t##3, f##t##4, f##t##5, f##t##6, f##t##7) \
    MICA_LONG_BIND(t##8, MICA_LONG_##t##0(), f##t##1, f##t##2, f##t##3, f##t##4, f##t##5, f##t##6, f##t##7, f##t##8) \
    MICA_LONG_BIND(t##9, MICA_LONG_##t##0(), f##t##1, f##t##2, f##t##3, f##t##4, f##t##5, f##t##6, f##t##7, f##t##8, f##t##9)
#define MICA_LONG_TEN(t) \
    MICA_LONG_BIND(t##0, MICA_LONG_##t##0()) \
    MICA_LONG_BIND(t##1, MICA_LONG_##t##0(), f##t##1) \
    MICA_LONG_BIND(t##2, MICA_LONG_##t##0(), f##t##1, f##t##2) \
    MICA_LONG_BIND(t##3, MICA_LONG_##t##0(), f##t##1, f##t##2, f##t##3) \
    MICA_LONG_BIND(t##4, MICA_LONG_##t##0(), f##t##1, f##t##2, f##t##3, f##t##4) \
    MICA_LONG_FIVE(t)

MICA_LONG_FIVE(2)
MICA_LONG_TEN(3) MICA_LONG_TEN(4) MICA_LONG_TEN(5) MICA_LONG_TEN(6) MICA_LONG_TEN(7) MICA_LONG_TEN(8) MICA_LONG_TEN(9)
MICA_LONG_BIND(100, MICA_LONG_90(), f91, f92, f93, f94, f95, f96, f97, f98, f99, f100)
// clang-format on

#undef MICA_LONG_TEN
#undef MICA_LONG_FIVE
#undef MICA_LONG_BIND
#undef MICA_LONG_20
#undef MICA_LONG_30
#undef MICA_LONG_40
#undef MICA_LONG_50
#undef MICA_LONG_60
#undef MICA_LONG_70
#undef MICA_LONG_80
#undef MICA_LONG_90

}  // namespace mica::reflect::detail
