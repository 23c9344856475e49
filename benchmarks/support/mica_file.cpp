// SPDX-License-Identifier: BSL-1.0
#include "support/mica_file.hpp"

namespace benchmarks {

MicaFile::MicaFile(const std::vector<Row>& rows) : connection_(engine_.connect()) {
    connection_.execute(table_text);
    auto filling = connection_.begin();
    for (const Row& row : rows) connection_.execute(mica::insert_into<Row>().values(row));
    filling.commit();
}

std::int64_t MicaFile::table_weight() { return connection_.execute<std::int64_t>(weight_text).one(); }

}  // namespace benchmarks
