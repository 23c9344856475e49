# SPDX-License-Identifier: BSL-1.0
"""What a static_assert has refused takes everything that follows: Refused and Invalid have each member of what they
stand for, so that one mistake stays one error."""

import re
import sys
import unittest
from pathlib import Path

INCLUDE = Path(__file__).resolve().parents[2] / "include" / "mica"

# A line at a class's first level that begins a member function, static ones and the query protocol apart.
MEMBER = re.compile(r"    (?!static |template|using |friend |explicit |return )(?:\[\[\w+\]\] )?(?:constexpr )?"
                    r"(?:auto|bool|int|void|[A-Z][\w:]*(?:<.*?>)?|std::[\w:]+(?:<.*?>)?)[&*]? (\w+)\(")
PROTOCOL = {"bind", "bind_body", "bind_each", "bind_argument", "self"}

STATEMENTS = {
    "query/select/select.hpp": ["Select"],
    "query/select/compound.hpp": ["Compound"],
    "query/write/insert.hpp": ["Insert", "InsertColumns", "InsertInto"],
    "query/write/conflict.hpp": ["ConflictOn"],
    "query/write/update.hpp": ["Update"],
    "query/write/delete.hpp": ["Delete"],
    "engine/result.hpp": ["BasicResult"],
}


def members(header, name):
    """The names of the public member functions of a class."""
    body = None
    found = set()
    for line in (INCLUDE / header).read_text(encoding="utf-8").splitlines():
        if body is None:
            if re.match(r"(?:struct|class) (?:\[\[\w+\]\] )?" + re.escape(name) + r"(?: |$)", line):
                body = "public"
        elif line in ("private:", "protected:", "public:"):
            body = line[:-1]
        elif line.startswith("};"):
            break
        elif body == "public" and (match := MEMBER.match(line)):
            found.add(match.group(1))
    if not found:
        raise AssertionError(f"{header} has no class {name} with member functions")
    return found - PROTOCOL


class RefusedMembers(unittest.TestCase):
    def check(self, stand_in, header, name):
        self.assertEqual(members(header, name) - stand_in, set(), f"members of {name} that its stand-in has not")

    def test_refused_has_each_member_of_a_statement_and_of_its_result(self):
        refused = members("query/statement/refused.hpp", "Refused")
        for header, names in STATEMENTS.items():
            for name in names:
                with self.subTest(name):
                    self.check(refused, header, name)

    def test_a_refused_query_of_a_session_has_each_member_of_one(self):
        self.check(members("session/query.hpp", "Refused<Ref<Owner>>"), "session/query.hpp", "BasicQuery")

    def test_invalid_has_each_member_of_an_operand(self):
        self.check(members("query/expression/operand.hpp", "Invalid"), "query/expression/operand.hpp", "Operand")

    def test_a_member_that_is_missing_is_noticed(self):
        found = members("query/select/select.hpp", "Select")
        self.assertLessEqual({"where", "join", "limit", "into", "scalar_subquery"}, found)
        self.assertNotIn("join_table", found)


if __name__ == "__main__":
    sys.exit(unittest.main())
