// SPDX-License-Identifier: BSL-1.0
#include "support/mica_session.hpp"

namespace benchmarks {

MicaSession::MicaSession(const std::vector<Row>& rows) {
    {
        mica::Connection connection = engine_.connect();
        connection.execute(table_text);
        auto filling = connection.begin();
        for (const Row& row : rows) connection.execute(mica::insert_into<Row>().values(row));
        filling.commit();
    }
    session_.begin();
}

void MicaSession::restore() {
    session_.rollback();
    session_.begin();
}

std::int64_t MicaSession::table_weight() { return session_.execute<std::int64_t>(weight_text).one(); }

}  // namespace benchmarks
