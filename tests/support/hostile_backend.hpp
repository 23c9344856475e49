// SPDX-License-Identifier: BSL-1.0
// The recording backend under another dialect.
#pragma once

#include <mica/backend_bodies.hpp>
#include <mica/mica.hpp>

#include <support/hostile_dialect.hpp>
#include <support/recording_backend.hpp>

namespace mica::test {

struct HostileBackend : RecordingBackend {
    static constexpr const Dialect& dialect = hostile;
};

using HostileEngine = BasicEngine<HostileBackend>;
using HostileSession = BasicSession<HostileBackend>;

}  // namespace mica::test
