# SPDX-License-Identifier: BSL-1.0
"""Bar and line charts as SVG text, readable on white and on black."""

import math

COLOURS = {"raw": "#9e9e9e", "mica": "#5c6bc0", "SQLiteCpp": "#26a69a", "SOCI": "#ef8354",
           "sqlite_orm": "#ab47bc", "zxorm": "#ca8a04", "sqlgen": "#ec407a"}
STYLE = "text{font:13px system-ui,sans-serif;fill:#808691}.value{font-size:12px}line{stroke:#808691;stroke-opacity:.4}"
LINES = ("#5c6bc0", "#26a69a", "#ef8354", "#ab47bc", "#ca8a04", "#ec407a", "#42a5f5")
BAR, GAP, LEFT, WIDTH = 16, 14, 190, 760
LONGEST = 2.5  # times the reference: a longer bar is cut off, or nothing could be told from the others


def chart(title, rows, unit="", reference=None):
    """An SVG of horizontal bars: rows are (label, {series: value})."""
    top, parts = 34, []
    most = max(value for _, values in rows for value in values.values())
    if reference is not None:
        most = min(most, LONGEST * reference)
    scale = (WIDTH - LEFT - 110) / most
    for label, values in rows:
        middle = top + len(values) * BAR / 2 + 4
        parts.append(f'<text x="{LEFT - 10}" y="{middle:.0f}" text-anchor="end">{label}</text>')
        for series, value in values.items():
            length = min(value, most) * scale
            parts.append(f'<rect x="{LEFT}" y="{top}" width="{max(length, 1):.1f}" height="{BAR - 3}" rx="2" '
                         f'fill="{COLOURS[series]}"/>')
            parts.append(f'<text class="value" x="{LEFT + length + 6:.1f}" y="{top + 11}">'
                         f'{"→ " if value > most else ""}{value:.3g}{unit} {series}</text>')
            top += BAR
        top += GAP
    if reference is not None:
        x = LEFT + reference * scale
        parts.append(f'<line x1="{x:.1f}" y1="26" x2="{x:.1f}" y2="{top - GAP}" stroke-dasharray="4"/>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" aria-label="{title}">'
            f'<style>{STYLE}</style><text x="0" y="16" font-weight="600">{title}</text>{"".join(parts)}</svg>\n')


def line_chart(title, curves, limit, limit_text):
    """An SVG of lines, both axes by the power: curves are {name: [(rows, value)]}, each value at least 1."""
    top, bottom, left, right = 40, 330, 60, WIDTH - 150
    powers = sorted({round(math.log10(rows)) for points in curves.values() for rows, _ in points})
    most = max(limit * 1.1, max(value for points in curves.values() for _, value in points))

    def x_of(rows):
        return left + (math.log10(rows) - powers[0]) / max(powers[-1] - powers[0], 1) * (right - left)

    def y_of(value):
        return bottom - math.log2(value) / math.log2(most) * (bottom - top)

    parts = [f'<line x1="{left}" y1="{bottom}" x2="{right}" y2="{bottom}"/>']
    for power in powers:
        parts.append(f'<text x="{x_of(10 ** power):.0f}" y="{bottom + 20}" text-anchor="middle">{10 ** power:,} rows</text>')
    for value in (2 ** power for power in range(math.floor(math.log2(most)) + 1)):
        parts.append(f'<text x="{left - 12}" y="{y_of(value) + 4:.0f}" text-anchor="end">{value}</text>')
    parts.append(f'<line x1="{left}" y1="{y_of(limit):.1f}" x2="{right}" y2="{y_of(limit):.1f}" stroke-dasharray="4"/>'
                 f'<text class="value" x="{left + 6}" y="{y_of(limit) - 6:.1f}">{limit_text}</text>')
    taken = []
    for (name, points), colour in zip(sorted(curves.items(), key=lambda curve: curve[1][-1][1]), LINES):
        path = " ".join(f"{x_of(rows):.1f},{y_of(value):.1f}" for rows, value in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x_of(rows):.1f}" cy="{y_of(value):.1f}" r="3.5" fill="{colour}"/>'
                  for rows, value in points]
        place = y_of(points[-1][1]) + 4
        while any(abs(place - other) < 15 for other in taken):
            place -= 1
        taken.append(place)
        parts.append(f'<text x="{x_of(points[-1][0]) + 10:.0f}" y="{place:.0f}" style="fill:{colour}">{name}</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 30}" role="img" aria-label="{title}">'
            f'<style>{STYLE}</style><text x="0" y="16" font-weight="600">{title}</text>{"".join(parts)}</svg>\n')
