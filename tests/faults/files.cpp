// SPDX-License-Identifier: BSL-1.0
// A VFS around the system's (https://www.sqlite.org/vfs.html).
#include "faults.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <stdexcept>

namespace mica::test {

namespace {

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs faulty_vfs;
bool may_use_wal = true;

struct File : sqlite3_file {
    sqlite3_file* real;  ///< behind this in memory
};

sqlite3_file* real_of(sqlite3_file* file) { return static_cast<File*>(file)->real; }

/// The same operation of the real file, unless it must fail.
template <auto operation, class... Arguments>
int forward(sqlite3_file* file, Arguments... arguments) {
    sqlite3_file* const real = real_of(file);
    return (real->pMethods->*operation)(real, arguments...);
}
template <auto operation, int failure, class... Arguments>
int attempt(sqlite3_file* file, Arguments... arguments) {
    if (must_fail(FaultKind::file)) return failure;
    return forward<operation>(file, arguments...);
}

/// Half of it arrives.
int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    const bool is_full = must_fail(FaultKind::disk_full);
    const bool fails = is_full || must_fail(FaultKind::file);
    const int rc = forward<&sqlite3_io_methods::xWrite>(file, bytes, fails ? size / 2 : size, offset);
    return is_full ? SQLITE_FULL : fails ? SQLITE_IOERR_WRITE : rc;
}

/// Nothing is torn off by a loss of power here, so nothing waits for the disk.
int sync(sqlite3_file*, int) { return must_fail(FaultKind::file) ? SQLITE_IOERR_FSYNC : SQLITE_OK; }

int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
    if (must_fail(FaultKind::file)) return SQLITE_IOERR_SHMMAP;
    return forward<&sqlite3_io_methods::xShmMap>(file, page, size, extend, memory);
}

void barrier(sqlite3_file* file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }

int close(sqlite3_file* file) { return forward<&sqlite3_io_methods::xClose>(file); }

using Io = sqlite3_io_methods;

Io methods_of(int version) {
    Io methods{};
    methods.iVersion = version;
    methods.xClose = close;
    methods.xRead = attempt<&Io::xRead, SQLITE_IOERR_READ>;
    methods.xWrite = write;
    methods.xTruncate = attempt<&Io::xTruncate, SQLITE_IOERR_TRUNCATE>;
    methods.xSync = sync;
    methods.xFileSize = attempt<&Io::xFileSize, SQLITE_IOERR_FSTAT>;
    methods.xLock = forward<&Io::xLock>;
    methods.xUnlock = forward<&Io::xUnlock>;
    methods.xCheckReservedLock = forward<&Io::xCheckReservedLock>;
    methods.xFileControl = forward<&Io::xFileControl>;
    methods.xSectorSize = forward<&Io::xSectorSize>;
    methods.xDeviceCharacteristics = forward<&Io::xDeviceCharacteristics>;
    methods.xShmMap = map_shared;
    methods.xShmLock = forward<&Io::xShmLock>;
    methods.xShmBarrier = barrier;
    methods.xShmUnmap = forward<&Io::xShmUnmap>;
    return methods;
}

const Io with_wal = methods_of(2);
const Io without_wal = methods_of(1);

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* given) {
    File& opened = *static_cast<File*>(file);
    opened.pMethods = nullptr;
    if (must_fail(FaultKind::file)) return SQLITE_CANTOPEN;
    opened.real = reinterpret_cast<sqlite3_file*>(&opened + 1);
    const int rc = real_vfs->xOpen(real_vfs, name, opened.real, flags, given);
    if (opened.real->pMethods != nullptr) opened.pMethods = may_use_wal ? &with_wal : &without_wal;
    return rc;
}

int remove(sqlite3_vfs*, const char* name, int sync_directory) {
    if (must_fail(FaultKind::file)) return SQLITE_IOERR_DELETE;
    return real_vfs->xDelete(real_vfs, name, sync_directory);
}

int access(sqlite3_vfs*, const char* name, int flags, int* answer) {
    if (must_fail(FaultKind::file)) return SQLITE_IOERR_ACCESS;
    return real_vfs->xAccess(real_vfs, name, flags, answer);
}

}  // namespace

void install_faulty_files() {
    real_vfs = sqlite3_vfs_find(nullptr);
    if (real_vfs == nullptr) throw std::logic_error("no VFS");
    faulty_vfs = *real_vfs;
    faulty_vfs.zName = "faulty";
    faulty_vfs.pNext = nullptr;
    faulty_vfs.szOsFile = real_vfs->szOsFile + static_cast<int>(sizeof(File));
    faulty_vfs.xOpen = open;
    faulty_vfs.xDelete = remove;
    faulty_vfs.xAccess = access;
    if (sqlite3_vfs_register(&faulty_vfs, 1) != SQLITE_OK) throw std::logic_error("the VFS is not taken");
}

void allow_wal(bool allowed) noexcept { may_use_wal = allowed; }

}  // namespace mica::test
