# SPDX-License-Identifier: BSL-1.0
"""For mkdocs.yml: what stands in place of a block of a language that the site does not show as text."""

from pathlib import Path

from draw_diagrams import name_of

DRAWN = Path(__file__).resolve().parent.parent / "docs" / "drawn"


def drawn(source, language, css_class, options, md, **_):
    """The drawing of a Mermaid text, in the page itself, so that it has the page's colours."""
    drawing = DRAWN / name_of(source.rstrip("\n") + "\n")
    if not drawing.is_file():
        raise SystemExit(f"no drawing of this {language} block: run tools/draw_diagrams.py\n{source}")
    return f'<div class="{css_class}">{drawing.read_text(encoding="utf-8")}</div>'
