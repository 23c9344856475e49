// SPDX-License-Identifier: BSL-1.0
#include <mica/query.hpp>

#include <cstdint>
#include <cstdio>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

constexpr const char* path = "encrypted_cars.db";

int main() {
    std::remove(path);
    {
        mica::Engine engine{std::string{"sqlite+sqlcipher://:secret@/"} + path};
        engine.create_all<Car>();
        engine.connect().insert(Car{.make = "Porsche"});
        std::printf("mica encrypted a %s\n", engine.connect().one(mica::select<Car>()).make.c_str());
    }
    try {
        mica::Engine{std::string{"sqlite+sqlcipher://:other@/"} + path}.connect().one(mica::select<Car>());
    } catch (const mica::OperationalError& error) {
        std::printf("%s", error.is_wrong_key() ? "with a key of its own\n" : error.what());
    }
    std::remove(path);
}
