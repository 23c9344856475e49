// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/session/object/tracked_object.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::detail {

std::string describe_cell(const SnapshotSource& source, int column) {
    return join({"column \"", source.table.columns[static_cast<std::size_t>(column)].name, "\" of table \"",
                 source.table.name, "\""});
}

void throw_decode_flaw(const SnapshotSource& source, int column, DecodeFlaw flaw, const WantedCell& wanted) {
    const StorageClass held = source.statement.cell(column).storage_class();
    refuse<DataError>({"mica: ", describe_cell(source, column), describe_flaw(flaw, held, wanted)});
}

void throw_codec_failure(const SnapshotSource& source, int column, std::string_view reason) {
    refuse<DataError>({"mica: ", describe_cell(source, column), " was refused by its codec: ", reason});
}

}  // namespace mica::detail
