// SPDX-License-Identifier: BSL-1.0
#include "support/mica_database.hpp"

namespace benchmarks {

static_assert(mica::ddl<Row> == std::string_view{table_text}, "both sides need the same table");

MicaDatabase::MicaDatabase(const std::vector<Row>& rows) : connection_(engine_.connect()) {
    connection_.execute(table_text);
    {
        auto filling = connection_.begin();
        for (const Row& row : rows) connection_.execute(mica::insert_into<Row>().values(row));
        filling.commit();
    }
    transaction_.emplace(connection_.begin());
}

void MicaDatabase::restore() {
    transaction_->rollback();
    transaction_.emplace(connection_.begin());
}

std::int64_t MicaDatabase::table_weight() { return connection_.execute<std::int64_t>(weight_text).one(); }

}  // namespace benchmarks
