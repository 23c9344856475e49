// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"

#include <exception>
#include <iostream>
#include <string>
#include <vector>

int main(int count, char** arguments) {
    try {
        const int code = mica::program::run({arguments + 1, arguments + count}, std::cout, std::cerr);
        if (std::cout.flush()) return code;
        std::cerr << "mica: the output cannot be written\n";
    } catch (const std::exception& error) {
        std::cerr << "mica: " << error.what() << '\n';
    }
    return 2;
}
