// SPDX-License-Identifier: BSL-1.0
#include "faults.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>

namespace mica::test {

namespace {

struct Armed {
    FaultKind kind = FaultKind::sqlite_memory;
    std::int64_t left = 0;  ///< operations until the one that fails; 0 where nothing is armed
    bool is_sticky = false;
    std::int64_t failed = 0;
};

thread_local Armed armed;
std::int64_t blocks = 0;
const char* marker = nullptr;
bool found = false;

sqlite3_mem_methods real_memory;

void* allocate(int size) { return must_fail(FaultKind::sqlite_memory) ? nullptr : real_memory.xMalloc(size); }
void* reallocate(void* block, int size) {
    return must_fail(FaultKind::sqlite_memory) ? nullptr : real_memory.xRealloc(block, size);
}

}  // namespace

void arm(FaultKind kind, std::int64_t point, bool is_sticky) noexcept { armed = {kind, point, is_sticky, 0}; }

std::int64_t disarm() noexcept {
    const std::int64_t failed = armed.failed;
    armed = {};
    return failed;
}

bool must_fail(FaultKind kind) noexcept {
    if (armed.left == 0 || armed.kind != kind) return false;
    if (armed.left > 1) {
        --armed.left;
        return false;
    }
    if (!armed.is_sticky) armed.left = 0;
    ++armed.failed;
    return true;
}

std::int64_t live_blocks() noexcept { return blocks; }

void watch_for(const char* text) noexcept {
    marker = text;
    found = false;
}
bool was_found() noexcept { return found; }

void install_faulty_memory() {
    sqlite3_mem_methods faulty{};
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory) != SQLITE_OK) throw std::logic_error("too late");
    faulty = real_memory;
    faulty.xMalloc = allocate;
    faulty.xRealloc = reallocate;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &faulty) != SQLITE_OK) throw std::logic_error("too late");
}

namespace {

void* allocate_block(std::size_t size) noexcept {
    if (must_fail(FaultKind::operator_new)) return nullptr;
    void* const block = std::malloc(size == 0 ? 1 : size);
    if (block != nullptr) ++blocks;
    return block;
}

void give_back(void* block, std::size_t size) noexcept {
    if (block == nullptr) return;
    --blocks;
    if (marker != nullptr) {
        const std::size_t length = std::strlen(marker);
        const char* const bytes = static_cast<const char*>(block);
        for (std::size_t at = 0; at + length <= size; ++at) {
            if (std::memcmp(bytes + at, marker, length) == 0) found = true;
        }
    }
    std::free(block);
}

}  // namespace

}  // namespace mica::test

void* operator new(std::size_t size) {
    void* const block = mica::test::allocate_block(size);
    if (block == nullptr) throw std::bad_alloc{};
    return block;
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return mica::test::allocate_block(size); }
void operator delete(void* block) noexcept { mica::test::give_back(block, 0); }
void operator delete(void* block, std::size_t size) noexcept { mica::test::give_back(block, size); }
void operator delete(void* block, const std::nothrow_t&) noexcept { mica::test::give_back(block, 0); }
