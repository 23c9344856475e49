#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""How a database spells SQL is said in dialect/ alone: no other layer above core/ has a word of SQLite's own.

Looks into the string literals of query/, schema/, engine/ and session/, prints what it finds as `file:line: reason` and
ends with 1 if there is any. docs/architecture.md says why.
"""

import re
import sys
from pathlib import Path

LAYERS = ("query", "schema", "engine", "session")

# What is looked for in a literal, and what stands there instead.
SPELLINGS = [
    (r"mica_values|json_each|\bunnest\b", "SqlWriter::list_source()"),
    (r"\.rowid\b|^rowid$", "SqlWriter::list_position(), or the key's column"),
    (r"\?\d|= \?|\(\?", "SqlWriter::parameter()"),
    (r'\b(SELECT|FROM|WHERE|UPDATE|INTO|AND) \\"', "SqlWriter::identifier()"),
    (r"\bSTRICT\b|\bWITHOUT ROWID\b|\bAUTOINCREMENT\b", "a member of Dialect"),
    (r"\bINTEGER\b|\bTEXT\b|\bREAL\b|\bBLOB\b", "SqlWriter::type()"),
    (r"\bIS (NOT )?DISTINCT\b|\|\|", "a member of Dialect"),
    (r"\bGLOB\b|\bREGEXP\b|\bMATCH\b|\bLIKE\b|\bESCAPE\b", "a member of Dialect"),
    (r"\blast_insert_rowid\b|\bchanges\(\)|\btotal_changes\b", "a verb of the backend"),
    (r"\bPRAGMA\b|\bBEGIN\b|\bSAVEPOINT\b|\bROLLBACK\b|\bRELEASE\b", "a verb of the backend"),
    (r"\brandomblob\b|\brandom\(\)", "Dialect::unused_value()"),
    (r"\bsqlite_(schema|master|sequence)\b", "a verb of the backend"),
    (r"\bLIMIT -1\b", "Dialect::unlimited"),
    (r"\bCAST\(x'", "LiteralWriter"),
    (r"\bTRUE\b|\bFALSE\b|\bWHERE (true|1)\b|\b(THEN|ELSE) [01]\b", "SqlWriter::boolean()"),
    (r"\bDEFAULT VALUES\b", "Dialect::default_values"),
]

# Literals that are no SQL: what an error says.
SENTENCE = re.compile(r"mica: |\bcannot\b")
LITERAL = re.compile(r'(?<![\w\'])"((?:[^"\\\n]|\\.)*)"')
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
INCLUDE = re.compile(r"^\s*#")
# Functions that take words for people.
FOR_PEOPLE = re.compile(r"throw_|static_assert|refuse<|Failure\{|\bcase StorageClass")


def find_spellings(text):
    """(line, literal, what stands there instead) of each spelling in a header's text."""
    found = []
    text = COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)
    for number, line in enumerate(text.splitlines(), start=1):
        if INCLUDE.match(line) or FOR_PEOPLE.search(line):
            continue
        for literal in LITERAL.findall(line):
            if SENTENCE.search(literal):
                continue
            for pattern, instead in SPELLINGS:
                if re.search(pattern, literal):
                    found.append((number, literal, instead))
    return found


def check(root):
    violations = []
    for layer in LAYERS:
        folder = Path(root) / "include" / "mica" / layer
        for path in sorted([*folder.rglob("*.hpp"), *folder.rglob("*.ipp")]):
            for number, literal, instead in find_spellings(path.read_text(encoding="utf-8")):
                name = path.relative_to(root).as_posix()
                violations.append(f'{name}:{number}: "{literal}" is how one database spells it: use {instead}')
    return violations


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    violations = check(root)
    for violation in violations:
        print(violation)
    if not violations:
        print(f"{', '.join(LAYERS)}: no database's own spelling")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
