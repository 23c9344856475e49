// SPDX-License-Identifier: BSL-1.0
#include <support/chinook_query.hpp>

#include <gtest/gtest.h>

namespace integration_chinook_ctes {
namespace {

using namespace chinook;
using mica::col;
using mica::count;
using mica::cte;
using mica::recursive_cte;
using mica::round;
using mica::select;
using mica::sum;

class ChinookCtes : public mica::test::ChinookQuery {};

TEST_F(ChinookCtes, the_tree_of_employees_with_their_depth) {
    const auto tree = recursive_cte<"tree">(
        select(col<&Employee::id>, col<&Employee::last_name>, mica::literal(0).as<"depth">())
            .where(col<&Employee::reports_to>.is_null()),
        [](auto above) {
            return select(col<&Employee::id>, col<&Employee::last_name>, above.template col<"depth"> + 1)
                .join(above, col<&Employee::reports_to> == above.template col<&Employee::id>);
        });
    expect_same(select(tree.col<&Employee::last_name>, tree.col<"depth">)
                    .from(tree)
                    .order_by(tree.col<"depth">, tree.col<&Employee::id>),
                "WITH RECURSIVE tree AS (SELECT EmployeeId, LastName, 0 AS depth FROM Employee WHERE ReportsTo IS NULL "
                "UNION ALL SELECT e.EmployeeId, e.LastName, tree.depth + 1 FROM Employee e JOIN tree "
                "ON e.ReportsTo = tree.EmployeeId) SELECT LastName, depth FROM tree ORDER BY depth, EmployeeId");
}

TEST_F(ChinookCtes, the_chain_from_an_employee_up_to_the_top) {
    const auto chain = recursive_cte<"chain", mica::SetOperator::distinct_union>(
        select(col<&Employee::id>, col<&Employee::reports_to>, col<&Employee::last_name>)
            .where(col<&Employee::last_name> == "King"),
        [](auto below) {
            return select(col<&Employee::id>, col<&Employee::reports_to>, col<&Employee::last_name>)
                .join(below, col<&Employee::id> == below.template col<&Employee::reports_to>);
        });
    expect_same(select(mica::group_concat(chain.col<&Employee::last_name>, " < ")).from(chain),
                "WITH RECURSIVE chain AS (SELECT EmployeeId, ReportsTo, LastName FROM Employee WHERE LastName = 'King' "
                "UNION SELECT e.EmployeeId, e.ReportsTo, e.LastName FROM Employee e JOIN chain "
                "ON e.EmployeeId = chain.ReportsTo) SELECT group_concat(LastName, ' < ') FROM chain");
}

TEST_F(ChinookCtes, a_series_of_years_beside_what_was_sold_in_them) {
    const auto years = recursive_cte<"years">(select(mica::literal(2019).as<"year">()), [](auto before) {
        return select(before.template col<"year"> + 1).from(before).where(before.template col<"year"> < 2026);
    });
    const auto sold_in = mica::strftime("%Y", col<&Invoice::date>).cast<std::int64_t>();
    expect_same(select(years.col<"year">, count(col<&Invoice::id>), round(mica::total(col<&Invoice::total>), 2))
                    .from(years)
                    .left_join<Invoice>(sold_in == years.col<"year">)
                    .group_by(years.col<"year">)
                    .order_by(years.col<"year">),
                "WITH RECURSIVE years(year) AS (SELECT 2019 UNION ALL SELECT year + 1 FROM years WHERE year < 2026) "
                "SELECT year, count(InvoiceId), round(total(Total), 2) FROM years LEFT JOIN Invoice "
                "ON CAST(strftime('%Y', InvoiceDate) AS INTEGER) = year GROUP BY year ORDER BY year");
}

TEST_F(ChinookCtes, one_expression_used_twice) {
    const auto spent =
        cte<"spent">(select(col<&Invoice::country>, sum(col<&Invoice::total>).as<"amount">(), count().as<"invoices">())
                         .group_by(col<&Invoice::country>));
    expect_same(select(spent.col<&Invoice::country>, round(spent.col<"amount">, 2))
                    .from(spent)
                    .where(spent.col<"amount"> > select(mica::avg(spent.col<"amount">)).from(spent))
                    .order_by(spent.col<"amount">.desc()),
                "WITH spent AS (SELECT BillingCountry, sum(Total) AS amount, count(*) AS invoices FROM Invoice "
                "GROUP BY BillingCountry) SELECT BillingCountry, round(amount, 2) FROM spent WHERE amount > "
                "(SELECT avg(amount) FROM spent) ORDER BY amount DESC");
}

TEST_F(ChinookCtes, an_expression_made_of_another_one) {
    const auto sold = cte<"sold">(select(col<&InvoiceLine::TrackId>, sum(col<&InvoiceLine::Quantity>).as<"copies">())
                                      .group_by(col<&InvoiceLine::TrackId>));
    const auto hits = cte<"hits">(select(sold.col<&InvoiceLine::TrackId>).from(sold).where(sold.col<"copies"> >= 2));
    expect_same(select(col<&Album::title>, count().as<"hits">())
                    .join<Track>()
                    .join(hits, hits.col<&InvoiceLine::TrackId> == col<&Track::id>)
                    .group_by(col<&Album::id>)
                    .having(count() >= 4)
                    .order_by(count().desc(), col<&Album::title>),
                "WITH sold AS (SELECT TrackId, sum(Quantity) AS copies FROM InvoiceLine GROUP BY TrackId), "
                "hits AS (SELECT TrackId FROM sold WHERE copies >= 2) SELECT al.Title, count(*) FROM Album al "
                "JOIN Track t ON t.AlbumId = al.AlbumId JOIN hits ON hits.TrackId = t.TrackId GROUP BY al.AlbumId "
                "HAVING count(*) >= 4 ORDER BY count(*) DESC, al.Title");
}

TEST_F(ChinookCtes, two_expressions_joined_with_each_other) {
    const auto total = sum(col<&Invoice::total>).as<"total">();
    const auto early = cte<"early">(select(col<&Invoice::country>, total)
                                        .where(mica::strftime("%Y", col<&Invoice::date>) == "2021")
                                        .group_by(col<&Invoice::country>));
    const auto late = cte<"late">(select(col<&Invoice::country>, total)
                                      .where(mica::strftime("%Y", col<&Invoice::date>) == "2025")
                                      .group_by(col<&Invoice::country>));
    expect_same(select(early.col<&Invoice::country>, round(late.col<"total"> - early.col<"total">, 2).as<"change">())
                    .from(early)
                    .left_join(late, late.col<&Invoice::country> == early.col<&Invoice::country>)
                    .order_by(early.col<&Invoice::country>),
                "WITH early AS (SELECT BillingCountry, sum(Total) AS total FROM Invoice WHERE strftime('%Y', "
                "InvoiceDate) = '2021' GROUP BY BillingCountry), late AS (SELECT BillingCountry, sum(Total) AS total "
                "FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2025' GROUP BY BillingCountry) "
                "SELECT early.BillingCountry, round(late.total - early.total, 2) FROM early LEFT JOIN late "
                "ON late.BillingCountry = early.BillingCountry ORDER BY early.BillingCountry");
}

}  // namespace
}  // namespace integration_chinook_ctes
