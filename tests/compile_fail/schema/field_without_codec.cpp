// SPDX-License-Identifier: BSL-1.0
// error: mica: a field of this entity has a type that mica cannot store
#include <mica/mica.hpp>

#include <cstdint>

class Paint {
public:
    Paint() = default;
    explicit Paint(int rgb) : rgb_(rgb) {}
    int rgb() const { return rgb_; }

private:
    int rgb_ = 0;
};

#ifndef MICA_COMPILE_FAIL
template <>
struct mica::Codec<Paint> {
    using Storage = std::int64_t;
    static std::int64_t encode(const Paint& paint) { return paint.rgb(); }
    static Paint decode(std::int64_t stored) { return Paint{static_cast<int>(stored)}; }
};
#endif

struct Car {
    std::int64_t id = 0;
    Paint paint;
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
