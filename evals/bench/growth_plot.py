"""The plot of how the library grows: three panels over the number of papers, as SVG."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

_PANEL, _HEIGHT, _MARGIN = 300, 240, 52
_COLOURS = ("#1f6f8b", "#c0562f")
_PANELS = (
    ("ingest, papers per CPU second", ("papers_per_cpu_s",)),
    ("search, CPU ms (blue), bare (red)", ("ours_cpu", "bare_cpu")),
    ("disk, MB (blue), peak of search, MB (red)", ("disk_mb", "search_peak_mb")),
)
Rows = Sequence[Mapping[str, float]]


def growth_plot(rows: Rows) -> str:
    """Both axes are logarithmic; a dot a measured size."""
    panels = [_panel(rows, title, names, n) for n, (title, names) in enumerate(_PANELS)]
    width = _PANEL * len(_PANELS)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}"'
            ' font-family="sans-serif" font-size="11">',
            f'<rect width="{width}" height="{_HEIGHT}" fill="white"/>',
            *panels,
            "</svg>\n",
        ]
    )


def _panel(rows: Rows, title: str, names: Sequence[str], number: int) -> str:
    across = _axis([row["papers"] for row in rows])
    up = _axis([row[name] for row in rows for name in names])
    left, right = number * _PANEL + _MARGIN, (number + 1) * _PANEL - 12
    top, bottom = 30, _HEIGHT - 34
    parts = [f'<text x="{left}" y="18" font-weight="bold">{title}</text>']
    for power in range(up[0], up[1] + 1):
        y = _place(10.0**power, up, bottom, top)
        parts.append(f'<path d="M{left} {y:.1f}H{right}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{10**power:,}</text>')
    for power in range(across[0], across[1] + 1):
        x = _place(10.0**power, across, left, right)
        parts.append(f'<path d="M{x:.1f} {top}V{bottom}" stroke="#ddd"/>')
        label = f"{10**power:,}"
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{label}</text>')
    for name, colour in zip(names, _COLOURS, strict=False):
        dots = [
            (_place(row["papers"], across, left, right), _place(row[name], up, bottom, top))
            for row in rows
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in dots]
    return "\n".join(parts)


def _axis(values: Sequence[float]) -> tuple[int, int]:
    """Powers of ten that take in all values."""
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return max(low, 0), max(high, low + 1, 1)


def _place(value: float, axis: tuple[int, int], start: float, end: float) -> float:
    return start + (log10(value) - axis[0]) / (axis[1] - axis[0]) * (end - start)
