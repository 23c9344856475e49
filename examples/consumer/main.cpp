// SPDX-License-Identifier: BSL-1.0
// The smallest program that proves mica is found, compiles and reaches SQLite.
#include <mica/mica.hpp>

int main() {
    mica::Engine engine{"sqlite://"};
    engine.connect().execute("SELECT 1");
}
