#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Builds the documentation as a site, build/docs/site: README.md and docs/*.md, the sources that they link to, and the
reference that tools/api_reference.py makes from the docstrings.

MkDocs comes from the Python index. Without it nothing is built, which is said; with --may-skip the program then ends
with 77. A link to nothing, a page that no menu names and whatever would be loaded from elsewhere is an error.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import api_reference
import virtual_environment

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "docs"
PAGES = WORK / "pages"
SITE = WORK / "site"
SKIPPED = 77  # what CMakeLists.txt tells ctest
ROOT_PAGES = {"README.md": "index.md", "CONTRIBUTING.md": "CONTRIBUTING.md", "CHANGELOG.md": "CHANGELOG.md",
              "SECURITY.md": "SECURITY.md"}
LANGUAGES = {".cpp": "cpp", ".hpp": "cpp", ".cppm": "cpp", ".py": "python", ".txt": "cmake", ".cmake": "cmake",
             ".json": "json"}
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
CODE = re.compile(r"^( *)```.*?^\1```|^(?: {4}[^\n]*\n)+|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LOADED = re.compile(r"""<(?:script|img|iframe|source|link)\b[^>]*?\b(?:src|href)=["']?((?:https?:)?//[^"'\s>]+)""")


class Broken(Exception):
    """What the documentation says that does not hold."""


def without_indent(code):
    """A block between ``` with its lines moved to the left: many are the inside of a function."""
    first, newline, rest = code.partition("\n")
    if not first.startswith("```"):
        return code
    return first + newline + textwrap.dedent(rest.removesuffix("```")) + "```"


class Pages:
    """Gathers the pages; `sources` are files outside of docs/ that some page links to."""

    def __init__(self):
        self.sources = set()

    def add_all(self):
        shutil.rmtree(PAGES, ignore_errors=True)
        PAGES.mkdir(parents=True)
        for name, page in ROOT_PAGES.items():
            self.add(ROOT / name, page)
        for file in sorted((ROOT / "docs").glob("*.md")):
            self.add(file, file.name)
        for folder in ("site", "charts"):
            if (ROOT / "docs" / folder).is_dir():
                shutil.copytree(ROOT / "docs" / folder, PAGES / folder)
        for source in sorted(self.sources):
            self.add_source(source)
        for reference in api_reference.read_headers():
            reference.write(PAGES / "api")

    def add(self, file, page):
        text = file.read_text(encoding="utf-8")
        texts, end = [], 0
        for code in CODE.finditer(text):  # a link is none inside of code
            texts += [self.with_links(text[end:code.start()], file), without_indent(code[0])]
            end = code.end()
        texts.append(self.with_links(text[end:], file))
        (PAGES / page).write_text("".join(texts), encoding="utf-8")

    def with_links(self, text, file):
        return LINK.sub(lambda link: f"[{link[1]}]({self.target(link[2], file)})", text)

    def target(self, link, file):
        """What a link of a page in the repository is in the site."""
        path, hash_, anchor = link.partition("#")
        if not path or "://" in path or path.startswith("mailto:"):
            return link
        wanted = (file.parent / path).resolve()
        if not wanted.exists() or ROOT not in wanted.parents:
            raise Broken(f"{file.relative_to(ROOT)} links to {link}, which is not there")
        name = wanted.relative_to(ROOT).as_posix()
        if name in ROOT_PAGES:
            return ROOT_PAGES[name] + hash_ + anchor
        if wanted.parent == ROOT / "docs" and wanted.suffix == ".md":
            return wanted.name + hash_ + anchor
        if name == "docs":
            return "index.md"
        self.sources.add(wanted)
        return f"source/{name}.md"

    def add_source(self, source):
        name = source.relative_to(ROOT).as_posix()
        page = PAGES / "source" / f"{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        up = "../" * name.count("/")
        text = f"# {name}\n\n"
        if source.is_dir():
            for file in sorted(source.rglob("*")):
                if file.is_file() and file.suffix != ".pyc":
                    text += self.shown(file, f"## {file.relative_to(source).as_posix()}\n\n")
        else:
            text = self.shown(source, text)
        page.write_text(text.replace("UP/", up), encoding="utf-8")

    @staticmethod
    def shown(file, heading):
        content = file.read_text(encoding="utf-8")
        fence = "`" * 4
        return f"{heading}{fence}{LANGUAGES.get(file.suffix, 'text')}\n{content}{fence}\n\n"


def check_privacy():
    for page in SITE.rglob("*.html"):
        if loaded := LOADED.search(page.read_text(encoding="utf-8")):
            if "rel=canonical" not in loaded[0]:
                raise Broken(f"{page.relative_to(SITE)} loads {loaded[1]}")


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--may-skip", action="store_true", help="end with 77 where the Python index is out of reach")
    options = parser.parse_args(arguments)
    try:
        tools = virtual_environment.make(ROOT / "build" / "venv_for_docs", ROOT / "tools" / "docs_requirements.txt")
    except virtual_environment.NotReached as reason:
        print(f"{reason}\nSkipped: the site is built by MkDocs, which comes from the Python index")
        return SKIPPED if options.may_skip else 1
    if shutil.which("doxygen") is None:
        print("Skipped: the reference is made by Doxygen, which is not there")
        return SKIPPED if options.may_skip else 1
    try:
        Pages().add_all()
        done = subprocess.run([tools / "bin" / "mkdocs", "build", "--strict", "--clean", "--config-file",
                               ROOT / "mkdocs.yml"], cwd=ROOT, stdin=subprocess.DEVNULL,
                              env=os.environ | {"PYTHONPATH": str(ROOT / "tools"), "NO_MKDOCS_2_WARNING": "1"})
        if done.returncode != 0:
            return 1
        check_privacy()
    except Broken as reason:
        print(reason)
        return 1
    pages = sum(1 for _ in SITE.rglob("*.html"))
    print(f"{pages} pages: {SITE / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
