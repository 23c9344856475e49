// SPDX-License-Identifier: BSL-1.0
// The fields of structs of 101 to 256 fields. Reading it costs g++ 15 to 22 MB and
// clang++ 4: three quarters of that are the 28 000 names that are declared, and neither fewer macros nor one function
// for all of them nor lambdas change it by more than a tenth.
#pragma once

#include <mica/reflect/field_count.hpp>

#include <cstddef>

namespace mica::reflect::detail {

/// Tells that this header is there.
template <std::size_t count>
void has_wide_binding(FieldNumber<count>);

// clang-format off
#define MICA_WIDE_100() \
    f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, \
    f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, \
    f21, f22, f23, f24, f25, f26, f27, f28, f29, f30, \
    f31, f32, f33, f34, f35, f36, f37, f38, f39, f40, \
    f41, f42, f43, f44, f45, f46, f47, f48, f49, f50, \
    f51, f52, f53, f54, f55, f56, f57, f58, f59, f60, \
    f61, f62, f63, f64, f65, f66, f67, f68, f69, f70, \
    f71, f72, f73, f74, f75, f76, f77, f78, f79, f80, \
    f81, f82, f83, f84, f85, f86, f87, f88, f89, f90, \
    f91, f92, f93, f94, f95, f96, f97, f98, f99, f100
#define MICA_WIDE_110() MICA_WIDE_100(), f101, f102, f103, f104, f105, f106, f107, f108, f109, f110
#define MICA_WIDE_120() MICA_WIDE_110(), f111, f112, f113, f114, f115, f116, f117, f118, f119, f120
#define MICA_WIDE_130() MICA_WIDE_120(), f121, f122, f123, f124, f125, f126, f127, f128, f129, f130
#define MICA_WIDE_140() MICA_WIDE_130(), f131, f132, f133, f134, f135, f136, f137, f138, f139, f140
#define MICA_WIDE_150() MICA_WIDE_140(), f141, f142, f143, f144, f145, f146, f147, f148, f149, f150
#define MICA_WIDE_160() MICA_WIDE_150(), f151, f152, f153, f154, f155, f156, f157, f158, f159, f160
#define MICA_WIDE_170() MICA_WIDE_160(), f161, f162, f163, f164, f165, f166, f167, f168, f169, f170
#define MICA_WIDE_180() MICA_WIDE_170(), f171, f172, f173, f174, f175, f176, f177, f178, f179, f180
#define MICA_WIDE_190() MICA_WIDE_180(), f181, f182, f183, f184, f185, f186, f187, f188, f189, f190
#define MICA_WIDE_200() MICA_WIDE_190(), f191, f192, f193, f194, f195, f196, f197, f198, f199, f200
#define MICA_WIDE_210() MICA_WIDE_200(), f201, f202, f203, f204, f205, f206, f207, f208, f209, f210
#define MICA_WIDE_220() MICA_WIDE_210(), f211, f212, f213, f214, f215, f216, f217, f218, f219, f220
#define MICA_WIDE_230() MICA_WIDE_220(), f221, f222, f223, f224, f225, f226, f227, f228, f229, f230
#define MICA_WIDE_240() MICA_WIDE_230(), f231, f232, f233, f234, f235, f236, f237, f238, f239, f240
#define MICA_WIDE_250() MICA_WIDE_240(), f241, f242, f243, f244, f245, f246, f247, f248, f249, f250

#define MICA_WIDE_BIND(count, ...)                                                                \
    template <class Object, class Use>                                                            \
    constexpr decltype(auto) bind_fields(Object& object, Use& use, FieldNumber<count>) {          \
        auto& [__VA_ARGS__] = object;                                                             \
        return use(__VA_ARGS__);                                                                  \
    }

#define MICA_WIDE_SIX(t)                                                                         \
    MICA_WIDE_BIND(t##1, MICA_WIDE_##t##0(), f##t##1)                                             \
    MICA_WIDE_BIND(t##2, MICA_WIDE_##t##0(), f##t##1, f##t##2)                                    \
    MICA_WIDE_BIND(t##3, MICA_WIDE_##t##0(), f##t##1, f##t##2, f##t##3)                           \
    MICA_WIDE_BIND(t##4, MICA_WIDE_##t##0(), f##t##1, f##t##2, f##t##3, f##t##4)                  \
    MICA_WIDE_BIND(t##5, MICA_WIDE_##t##0(), f##t##1, f##t##2, f##t##3, f##t##4, f##t##5)         \
    MICA_WIDE_BIND(t##6, MICA_WIDE_##t##0(), f##t##1, f##t##2, f##t##3, f##t##4, f##t##5, f##t##6)

#define MICA_WIDE_NINE(t)                                                                         \
    MICA_WIDE_SIX(t)                                                                              \
    MICA_WIDE_BIND(t##7, MICA_WIDE_##t##0(), f##t##1, f##t##2, f##t##3, f##t##4, f##t##5, f##t##6, f##t##7) \
    MICA_WIDE_BIND(t##8, MICA_WIDE_##t##0(), f##t##1, f##t##2, f##t##3, f##t##4, f##t##5, f##t##6, f##t##7, f##t##8) \
    MICA_WIDE_BIND(t##9, MICA_WIDE_##t##0(), f##t##1, f##t##2, f##t##3, f##t##4, f##t##5, f##t##6, f##t##7, f##t##8, f##t##9)

#define MICA_WIDE_TEN(t)                                                                          \
    MICA_WIDE_BIND(t##0, MICA_WIDE_##t##0())                                                      \
    MICA_WIDE_NINE(t)

MICA_WIDE_NINE(10) MICA_WIDE_TEN(11) MICA_WIDE_TEN(12) MICA_WIDE_TEN(13) MICA_WIDE_TEN(14)
MICA_WIDE_TEN(15) MICA_WIDE_TEN(16) MICA_WIDE_TEN(17) MICA_WIDE_TEN(18) MICA_WIDE_TEN(19)
MICA_WIDE_TEN(20) MICA_WIDE_TEN(21) MICA_WIDE_TEN(22) MICA_WIDE_TEN(23) MICA_WIDE_TEN(24)
MICA_WIDE_BIND(250, MICA_WIDE_250())
MICA_WIDE_SIX(25)
// clang-format on

#undef MICA_WIDE_TEN
#undef MICA_WIDE_NINE
#undef MICA_WIDE_SIX
#undef MICA_WIDE_BIND
#undef MICA_WIDE_100
#undef MICA_WIDE_110
#undef MICA_WIDE_120
#undef MICA_WIDE_130
#undef MICA_WIDE_140
#undef MICA_WIDE_150
#undef MICA_WIDE_160
#undef MICA_WIDE_170
#undef MICA_WIDE_180
#undef MICA_WIDE_190
#undef MICA_WIDE_200
#undef MICA_WIDE_210
#undef MICA_WIDE_220
#undef MICA_WIDE_230
#undef MICA_WIDE_240
#undef MICA_WIDE_250

}  // namespace mica::reflect::detail
