// SPDX-License-Identifier: BSL-1.0
// An engine over the recording backend and a connection of it: what a golden-SQL test needs.
#pragma once

#include <mica/backend_bodies.hpp>
#include <mica/mica.hpp>

#include <support/golden.hpp>
#include <support/recording_backend.hpp>

#include <gtest/gtest.h>

#include <utility>

namespace mica::test {

using RecordingEngine = BasicEngine<RecordingBackend>;
using RecordingConnection = BasicConnection<RecordingBackend>;
using RecordingSession = BasicSession<RecordingBackend>;

/// A value where an expression is wanted.
template <class Value>
constexpr auto bound(Value value) {
    return detail::lift<Value>(std::move(value));
}

struct RecordedEngine : testing::Test {
    Recording recording;
    RecordingEngine engine{"sqlite://"};
};

struct RecordedSql : RecordedEngine {
    RecordingConnection connection = engine.connect();

    /// Runs a statement and shows its text in both dialects; gives its text and its values.
    template <class Query>
    Execution run(const Query& query) {
        show(query);
        static_cast<void>(connection.execute(query));
        return recording.last();
    }
};

}  // namespace mica::test
