"""The forms that our pictures take, described with Altair. Amounts come in whole pence."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import Any, ParamSpec

import altair as alt

from flsf.web.components.charts import (
    DARK_BLUE,
    GREY,
    HATCHED,
    LIGHT,
    ORANGE,
    PALETTE,
    PINK,
    TURQUOISE,
    Spec,
)

A_MILLION_POUNDS = 100_000_000
A_THOUSAND_POUNDS = 100_000
WIDE, TALL = 640, 300
MONTH = "%b %Y"
MOST_KEPT = 64

P = ParamSpec("P")


def described_once(form: Callable[P, Spec]) -> Callable[P, Spec]:
    """The form, described once for the same figures: Altair checks each of its many parts.

    Whoever gets a description reads it and leaves it as it is.
    """
    kept: dict[str, Spec] = {}

    @wraps(form)
    def described(*figures: P.args, **more: P.kwargs) -> Spec:
        key = json.dumps([figures, more], default=str, sort_keys=True)
        spec = kept.get(key)
        if spec is None:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            spec = kept[key] = form(*figures, **more)
        return spec

    return described


def millions(pence: float) -> float:
    """For an axis only: a drawing has no use for pennies."""
    return round(float(pence) / A_MILLION_POUNDS, 4)


def thousands(pence: float) -> float:
    return round(float(pence) / A_THOUSAND_POUNDS, 3)


@described_once
def steps(points: Sequence[tuple[date, int]], *, today: date) -> Spec:
    """A number that changes on certain days, with today marked (P4)."""
    rows = [{"day": day.isoformat(), "live": live} for day, live in points]
    x = alt.X("day:T", title=None, axis=alt.Axis(format=MONTH, tickCount=6))
    y = alt.Y("live:Q", title="Live", axis=alt.Axis(tickMinStep=1, format="d"))
    base = _chart(rows)
    line = base.mark_line(interpolate="step-after", color=DARK_BLUE).encode(x=x, y=y)
    dots = base.mark_point(filled=True, size=70, color=DARK_BLUE).encode(x=x, y=y)
    return _done(line + dots + _today(today))


@described_once
def fan(
    years: Sequence[str],
    lines: dict[str, Sequence[float]],
    band: tuple[str, str],
    *,
    marker: tuple[str, float, str],
) -> Spec:
    """Several running totals, two of them the edges of a band, and one marked amount (P1)."""
    rows = [
        {"year": year, "line": name, "m": millions(pence)}
        for name, amounts in lines.items()
        for year, pence in zip(years, amounts, strict=False)
    ]
    edges = [
        {"year": year, "low": millions(low), "high": millions(high)}
        for year, low, high in zip(years, lines[band[0]], lines[band[1]], strict=True)
    ]
    x = alt.X("year:O", title=None, sort=list(years), axis=alt.Axis(labelAngle=0))
    y = alt.Y("m:Q", title="£ million, running total")
    area = (
        _chart(edges)
        .mark_area(opacity=0.25, color=TURQUOISE)
        .encode(x=x, y=alt.Y("low:Q", title="£ million, running total"), y2="high:Q")
    )
    kept = [name for name in lines if name not in band]
    drawn = (
        _chart([row for row in rows if row["line"] in kept])
        .mark_line(point=alt.OverlayMarkDef(filled=True, size=60))
        .encode(
            x=x,
            y=y,
            color=alt.Color("line:N", sort=kept, scale=_colours(kept)),
            strokeDash=alt.StrokeDash("line:N", sort=kept, legend=None),
        )
    )
    year, pence, words = marker
    spot = _chart([{"year": year, "m": millions(pence), "says": words}])
    dot = spot.mark_point(shape="diamond", filled=True, opacity=1, size=160, color=PINK).encode(
        x=x, y=y
    )
    said = spot.mark_text(align="right", dx=-12, dy=-6, color=PINK, fontWeight="bold").encode(
        x=x, y=y, text="says:N"
    )
    return _done(area + drawn + dot + said)


@described_once
def waterfall(blocks: Sequence[tuple[str, int, int, str]]) -> Spec:
    """Blocks from one amount to another (name, from, to, kind); unexplained is hatched (P2)."""
    rows = [
        {
            "name": name,
            "low": millions(min(low, high)),
            "high": millions(max(low, high)),
            "kind": kind,
            "says": f"£{millions(high - low):.2f}m",
        }
        for name, low, high, kind in blocks
    ]
    order = [name for name, _, _, _ in blocks]
    base = _chart(rows)
    x = alt.X("name:N", sort=order, title=None, axis=alt.Axis(labelAngle=0, labelLimit=150))
    y, y2 = alt.Y("low:Q", title="£ million a year"), alt.Y2("high:Q")
    known = (
        base.transform_filter("datum.kind != 'unexplained'")
        .mark_bar(size=70)
        .encode(
            x=x,
            y=y,
            y2=y2,
            color=alt.Color(
                "kind:N",
                legend=None,
                scale=alt.Scale(domain=["total", "officer"], range=[DARK_BLUE, TURQUOISE]),
            ),
        )
    )
    unknown = (
        base.transform_filter("datum.kind == 'unexplained'")
        .mark_bar(size=70, fill=HATCHED, stroke=PINK, strokeWidth=3, strokeDash=[8, 5])
        .encode(x=x, y=y, y2=y2)
    )
    said = base.mark_text(dy=-9, fontWeight="bold").encode(x=x, y=alt.Y("high:Q"), text="says:N")
    return _done(known + unknown + said)


@described_once
def stacked(rows: Sequence[tuple[str, str, int]], order: Sequence[str]) -> Spec:
    """Amounts by month and kind, one upon the other (P3)."""
    told = [
        {"month": month, "kind": kind, "k": thousands(pence), "place": order.index(kind)}
        for month, kind, pence in rows
    ]
    drawn = (
        _chart(told)
        .mark_area(opacity=1)
        .encode(
            x=alt.X("month:T", title=None, axis=alt.Axis(format=MONTH, tickCount=6)),
            y=alt.Y("k:Q", title="£ thousand a month", stack="zero"),
            color=alt.Color("kind:N", sort=list(order), scale=_colours(order)),
            order=alt.Order("place:Q"),
        )
    )
    return _done(drawn)


@described_once
def small_multiples(rows: Sequence[tuple[str, str, int]], years: Sequence[str]) -> Spec:
    """One small set of bars for each type, a bar for each year (P5)."""
    told = [{"kind": kind, "year": year, "m": millions(pence)} for kind, year, pence in rows]
    kinds = list(dict.fromkeys(kind for kind, _, _ in rows))
    bars = (
        _chart(told)
        .mark_bar(color=DARK_BLUE)
        .encode(
            x=alt.X("year:O", title=None, sort=list(years), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("m:Q", title=None, axis=alt.Axis(tickCount=4)),
        )
        .properties(width=185, height=130)
        .facet(facet=alt.Facet("kind:N", sort=kinds), columns=3, spacing=45)
    )
    return _done(bars, sized=False)


@described_once
def bars(rows: Sequence[tuple[str, float, str]], *, axis: str, limit: float | None = None) -> Spec:
    """Sorted bars, coloured by band of clock, with a line at the limit (P14)."""
    told = [{"name": name, "n": n, "band": band} for name, n, band in rows]
    bands = list(dict.fromkeys(band for _, _, band in rows))
    base = _chart(told)
    y = alt.Y("name:N", sort=[name for name, _, _ in rows], title=None)
    drawn = base.mark_bar().encode(
        x=alt.X("n:Q", title=axis, axis=alt.Axis(tickMinStep=1)),
        y=y,
        color=alt.Color("band:N", sort=bands, scale=_colours(bands)),
    )
    said = base.mark_text(align="left", dx=4).encode(x="n:Q", y=y, text="n:Q")
    whole = drawn + said
    if limit is not None:
        whole += _chart([{"n": limit}]).mark_rule(color=PINK, strokeDash=[6, 4]).encode(x="n:Q")
    return _done(whole, height=max(120, 26 * len(told)))


@described_once
def columns(
    rows: Sequence[tuple[str, str, int]], across: Sequence[str], kinds: Sequence[str]
) -> Spec:
    """Counts in columns, each split by kind (P15)."""
    told = [{"x": x, "kind": kind, "n": n} for x, kind, n in rows]
    drawn = (
        _chart(told)
        .mark_bar(size=60, stroke="#ffffff", strokeWidth=1)
        .encode(
            x=alt.X("x:N", sort=list(across), title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("n:Q", title="Children", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color("kind:N", sort=list(kinds), scale=_colours(kinds)),
        )
    )
    return _done(drawn)


@described_once
def shares(rows: Sequence[tuple[str, str, float]]) -> Spec:
    """What share of several wholes each of a few groups has, in per cent (P22)."""
    told = [{"name": name, "of": of, "share": share} for name, of, share in rows]
    names = list(dict.fromkeys(name for name, _, _ in rows))
    wholes = list(dict.fromkeys(of for _, of, _ in rows))
    base = _chart(told)
    x = alt.X("share:Q", title="Per cent", scale=alt.Scale(domain=[0, 100]))
    y = alt.Y("name:N", sort=names, title=None)
    offset = alt.YOffset("of:N", sort=wholes)
    drawn = base.mark_bar().encode(
        x=x, y=y, yOffset=offset, color=alt.Color("of:N", sort=wholes, scale=_colours(wholes))
    )
    said = base.mark_text(align="left", dx=4).encode(
        x=x, y=y, yOffset=offset, text=alt.Text("share:Q", format=".0f")
    )
    return _done(drawn + said, height=max(160, 34 * len(told)))


@described_once
def bullets(rows: Sequence[tuple[str, int, int, int]]) -> Spec:
    """For each fund its budget as a pale bar, promised as a dark one, paid as a mark (P10)."""
    told = [
        {"fund": name, "budget": millions(a), "committed": millions(c), "paid": millions(p)}
        for name, a, c, p in rows
    ]
    base, y = _chart(told), alt.Y("fund:N", title=None)
    pale = base.mark_bar(color=LIGHT, size=34).encode(x=alt.X("budget:Q", title="£ million"), y=y)
    dark = base.mark_bar(color=DARK_BLUE, size=16).encode(x="committed:Q", y=y)
    tick = base.mark_tick(color=ORANGE, thickness=6, size=34, opacity=1).encode(x="paid:Q", y=y)
    return _done(pale + dark + tick, height=max(110, 56 * len(told)))


def _chart(rows: Sequence[dict[str, Any]]) -> Any:
    return alt.Chart(alt.InlineData(values=[dict(row) for row in rows]))


def _today(day: date) -> Any:
    rule = _chart([{"day": day.isoformat(), "says": "today"}])
    line = rule.mark_rule(color=GREY, strokeDash=[4, 4]).encode(x="day:T")
    said = rule.mark_text(align="left", dx=5, y=8).encode(x="day:T", text="says:N")
    return line + said


def _colours(names: Sequence[str]) -> alt.Scale:
    return alt.Scale(domain=list(names), range=list(PALETTE[: max(1, len(names))]))


def _done(chart: Any, *, sized: bool = True, height: int = TALL) -> Spec:
    if sized:
        chart = chart.properties(width=WIDE, height=height)
    return dict(chart.to_dict())
