"""Pictures of figures, drawn as SVG on the server in one house style.

A picture says a finding as its title, and carries the same figures as a table. The colours
are those of the Government Analysis Function: each at least 3 to 1 on white and told apart
by more than hue where two meet. A drawing is made once for the same figures.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from typing import Any, TypeAlias

import vl_convert

Spec: TypeAlias = dict[str, Any]
Rows: TypeAlias = Sequence[Sequence[object]]

DARK_BLUE, TURQUOISE, PINK, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
GREY, LIGHT = "#3D3D3D", "#BFC1C3"
PALETTE = (DARK_BLUE, TURQUOISE, PINK, ORANGE, GREY, "#A285D1")
HATCHED = "#fffffe"  # stands for a hatched area, which Vega cannot draw
HATCHING = (
    '<defs><pattern id="hatched" width="9" height="9" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="9" height="9" fill="#ffffff"/>'
    f'<rect width="2" height="9" fill="{PINK}"/></pattern></defs></svg>'
)
FONT = "Arial, Helvetica, sans-serif"

THEME: Spec = {
    "background": "#ffffff",
    "font": FONT,
    # Letters are wider where there is no Arial: room for them at both sides, and in the key.
    "padding": {"left": 40, "top": 8, "bottom": 8, "right": 70},
    "view": {"stroke": None},
    "range": {"category": list(PALETTE)},
    "axis": {
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "labelColor": "#0b0c0c",
        "titleColor": "#0b0c0c",
        "gridColor": "#e3e3e3",
        "domainColor": "#505a5f",
        "tickColor": "#505a5f",
        "labelLimit": 260,
    },
    "axisY": {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -14},
    "legend": {
        "orient": "top",
        "title": None,
        "labelFontSize": 14,
        "symbolType": "square",
        "offset": 34,
        "labelLimit": 260,
        "columnPadding": 45,
    },
    "header": {"labelFontSize": 14, "title": None, "labelAnchor": "start"},
    "text": {"font": FONT, "fontSize": 14, "color": "#0b0c0c"},
    "line": {"strokeWidth": 3},
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A finding, its drawing, and the figures in it."""

    name: str
    title: str  # the finding, as a sentence
    spec: Spec
    headings: Sequence[str]
    rows: Rows
    worked_out: str
    key: str = ""  # what the marks stand for, where the drawing does not say
    file_rows: Rows = ()  # plain numbers for the file, where the table has words
    is_too_small: bool = False  # every count is hidden, so that there is nothing to draw

    @property
    def version(self) -> str:
        """Differs when any figure or the form of the drawing differs."""
        return sha256(json.dumps(self.spec, sort_keys=True, default=str).encode()).hexdigest()[:16]

    @property
    def has_figures(self) -> bool:
        return bool(self.rows)


def svg(picture: Picture) -> str:
    """The drawing, which says its finding to those who hear it. Drawn once a process."""
    drawn = _drawn(json.dumps(picture.spec, sort_keys=True, default=str))
    named = drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(picture.title)}" ', 1)
    return named.replace(f'fill="{HATCHED}"', 'fill="url(#hatched)"').replace("</svg>", HATCHING)


@lru_cache(maxsize=64)
def _drawn(spec: str) -> str:
    whole = json.loads(spec)
    whole["config"] = {**whole.get("config", {}), **THEME}
    return str(vl_convert.vegalite_to_svg(whole))
