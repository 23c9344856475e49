#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Documentation shows compiled code: every ```cpp block stands, line by line, in an example or a test, begins with the
beginning of a statement, and is shown once on its page."""
import pathlib
import re
import sys


def normalized(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def contains(haystack, needle):
    return any(haystack[i:i + len(needle)] == needle for i in range(len(haystack) - len(needle) + 1))


def begins_within(text):
    """Whether more is closed than was opened before."""
    depth = 0
    for character in re.sub(r"""//.*|"(\\.|[^"\\])*"|'(\\.|[^'\\])'""", "", text):
        depth += (character in "({") - (character in ")}")
        if depth < 0:
            return True
    return False


def flaw_of(block, sources, shown):
    """What is wrong with a block, of which the page has shown others; None where nothing is."""
    lines = normalized(block)
    if not any(contains(source, lines) for source in sources):
        return "this snippet is in no compiled file"
    if begins_within(block):
        return "this snippet begins within a statement"
    if lines in shown:
        return "this snippet stands on this page already"
    return None


def main(root):
    sources = [normalized(path.read_text(encoding="utf-8"))
               for folder in ("examples", "tests") for path in sorted((root / folder).rglob("*.cpp"))]
    failures = 0
    blocks = 0
    for document in [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").rglob("*.md"))]:
        text = document.read_text(encoding="utf-8")
        shown = []
        for match in re.finditer(r"^```cpp\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            blocks += 1
            if flaw := flaw_of(match.group(1), sources, shown):
                line = text.count("\n", 0, match.start()) + 1
                print(f"{document.relative_to(root)}:{line}: {flaw}")
                failures += 1
            shown.append(normalized(match.group(1)))
    print(f"{blocks} snippets, {failures} of them wrong")
    return 1 if failures or blocks == 0 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()))
