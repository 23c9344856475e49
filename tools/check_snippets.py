#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Documentation shows compiled code: every ```cpp block stands, line by line, in an example or a test."""
import pathlib
import re
import sys


def normalized(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def contains(haystack, needle):
    return any(haystack[i:i + len(needle)] == needle for i in range(len(haystack) - len(needle) + 1))


def main(root):
    sources = [normalized(path.read_text(encoding="utf-8"))
               for folder in ("examples", "tests") for path in sorted((root / folder).rglob("*.cpp"))]
    failures = 0
    blocks = 0
    for document in [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").rglob("*.md"))]:
        text = document.read_text(encoding="utf-8")
        for match in re.finditer(r"^```cpp\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            blocks += 1
            if not any(contains(source, normalized(match.group(1))) for source in sources):
                line = text.count("\n", 0, match.start()) + 1
                print(f"{document.relative_to(root)}:{line}: this snippet is in no compiled file")
                failures += 1
    print(f"{blocks} snippets, {failures} not compiled")
    return 1 if failures or blocks == 0 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()))
