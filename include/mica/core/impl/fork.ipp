// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/error.hpp>
#include <mica/core/fork.hpp>

#include <pthread.h>

namespace mica::detail {

void count_forks() {
    static const int rc = pthread_atfork(nullptr, nullptr, [] { forks.increment(); });
    if (rc != 0) refuse<OperationalError>({"mica: out of memory while preparing for fork()"});
}

void throw_forked() {
    throw_misuse(
        "this connection belongs to the process that fork() was called in; make an engine of its own in the child");
}

}  // namespace mica::detail
