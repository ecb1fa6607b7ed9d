"""Postcode directories: ONSPD, NSPL, Code-Point Open, and plain lists of degrees."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from flsf.core.geo import postcode_from
from flsf.core.grid import is_on_grid, to_grid
from flsf.shared.imports.rules.refused import MissingHeadings
from flsf.shared.imports.rules.reports import Findings
from flsf.shared.imports.rules.tables import (
    Cell,
    Row,
    checked_headings,
    positions,
    wrong_width,
)

# Our column: the headings it has had, letters and digits only, the surest first.
HEADINGS: Mapping[str, Sequence[str]] = {
    "postcode": ("pcds", "postcode", "pcd8", "pcd2", "pcd7", "pcd"),
    "easting": ("oseast1m", "east1m", "eastings?"),
    "northing": ("osnrth1m", "north1m", "northings?"),
    "latitude": ("lat", "latitude"),
    "longitude": ("long", "longitude", "lon", "lng"),
    "district": ("oslaua", r"laua\d*(cd)?", r"lad\d\dcd", "admindistrictcode"),
    "ward": ("osward", r"ward\d*(cd)?", r"wd\d\dcd", "adminwardcode"),
    "ended": ("doterm",),
}
# Code-Point Open has no headings: these stand for its columns, whole or in a narrow cut.
CODE_POINT = ("postcode", "quality", "eastings", "northings")
CODE_POINT_MORE = (
    *("country", "nhsregion", "nhsauthority", "county", "admindistrictcode", "adminwardcode"),
)
# Areas of Northern Ireland, whose grid is Ireland's, and of islands that have their own.
OFF_THE_GRID = ("BT", "JE", "GY", "IM")
NO_PLACE_FROM = 99  # degrees north: how the directories say that there is none
EDGE_EAST, EDGE_NORTH = 700_000, 1_300_000
CODE_LENGTH = 9
AT_ONCE = 50_000


@dataclass(slots=True)
class _Chunk:
    """Rows gathered so that degrees can be turned into metres all at once."""

    rows: list[list[object]] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    longitudes: list[float] = field(default_factory=list)
    latitudes: list[float] = field(default_factory=list)

    def finished(self) -> list[list[object]]:
        if self.waiting:
            east, north = to_grid(self.longitudes, self.latitudes)
            for at, easting, northing in zip(
                self.waiting, east.tolist(), north.tolist(), strict=True
            ):
                self.rows[at][1:3] = easting, northing
        return self.rows


class Directory:
    """Reads one directory, of one file or of many with the same columns."""

    def __init__(self, headings: Sequence[str], findings: Findings, seen: set[str]) -> None:
        self._headings = headings
        self._findings = findings
        self._seen = seen
        self._at = at = positions(headings, HEADINGS)
        self._by_metres = "easting" in at and "northing" in at
        if "postcode" not in at or not (
            self._by_metres or ("latitude" in at and "longitude" in at)
        ):
            raise MissingHeadings(
                "We look for a postcode (pcds or postcode) with oseast1m and osnrth1m, or with lat"
                f" and long. The file has: {', '.join(headings[:12])}."
            )
        self._more = [one for one in ("district", "ward") if one in at]

    @property
    def columns(self) -> list[str]:
        """The fields of Postcode that the file brings."""
        ended = ["ended_on"] if "ended" in self._at else []
        return ["postcode", "easting", "northing", *self._more, *ended]

    def read(self, rows: Iterator[Row]) -> Iterator[list[object]]:
        """Each good row as values of `columns`; what is wrong goes to the findings."""
        while block := list(islice(rows, AT_ONCE)):
            chunk = _Chunk()
            for number, row in block:
                if row:
                    self._read_row(number, row, chunk)
            yield from chunk.finished()

    def _read_row(self, number: int, row: Sequence[Cell], chunk: _Chunk) -> None:
        self._findings.rows_read += 1
        if len(row) != len(self._headings) and (problem := wrong_width(row, self._headings)):
            self._findings.add(number, "", "", problem)
            return
        typed = str(row[self._at["postcode"]])
        postcode = postcode_from(typed)
        if postcode is None:
            self._wrong(number, "postcode", typed, "This is not a postcode.")
            return
        if postcode in self._seen:
            self._wrong(number, "postcode", typed, "This postcode stands in the file already.")
            return
        values: list[object] = [postcode, None, None]
        if not self._is_off_the_grid(postcode) and not self._place(number, row, values, chunk):
            return
        values += [str(row[self._at[one]])[:CODE_LENGTH] for one in self._more]
        if "ended" in self._at:
            ended = str(row[self._at["ended"]]).strip()
            try:
                values.append(_last_of_month(ended) if ended else None)
            except ValueError:
                self._wrong(number, "ended", ended, "This should be a year and month like 202405.")
                return
        if values[1] == "waiting":
            values[1] = None
            chunk.waiting.append(len(chunk.rows))
        self._seen.add(postcode)
        chunk.rows.append(values)

    def _place(self, number: int, row: Sequence[Cell], values: list[object], chunk: _Chunk) -> bool:
        """Notes where the postcode lies, if the row says; False if what it says is wrong."""
        first, second = ("easting", "northing") if self._by_metres else ("longitude", "latitude")
        one, other = str(row[self._at[first]]).strip(), str(row[self._at[second]]).strip()
        if not one or not other:
            return True
        try:
            x, y = float(one), float(other)
        except ValueError:
            self._wrong(number, first, f"{one}, {other}", "These should be two numbers.")
            return False
        if self._by_metres:
            if not x and not y:
                return True
            if not (0 <= x <= EDGE_EAST and 0 <= y <= EDGE_NORTH):
                self._wrong(number, first, f"{one}, {other}", "This lies outside Great Britain.")
                return False
            values[1:3] = round(x), round(y)
            return True
        if y >= NO_PLACE_FROM or (not x and not y):
            return True
        if not is_on_grid(x, y):
            self._wrong(number, first, f"{one}, {other}", "This lies outside Great Britain.")
            return False
        values[1] = "waiting"
        chunk.longitudes.append(x)
        chunk.latitudes.append(y)
        return True

    def _wrong(self, number: int, column: str, value: str, reason: str) -> None:
        self._findings.add(number, self._headings[self._at[column]], value, reason)

    @staticmethod
    def _is_off_the_grid(postcode: str) -> bool:
        return postcode.startswith(OFF_THE_GRID)


def headings_and_rows(table_rows: Iterator[Row]) -> tuple[Sequence[str], Iterator[Row]]:
    """The headings of a directory, or those that Code-Point Open would have, and its rows."""
    first = next(table_rows, None)
    if first is None:
        return [], iter(())
    number, cells = first
    if postcode_from(str(cells[0])) and len(cells) >= len(CODE_POINT):
        headings = [*CODE_POINT, *CODE_POINT_MORE][: len(cells)]
        return headings, _again((number, cells), table_rows)
    return checked_headings([str(cell) for cell in cells]), table_rows


def _again(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _last_of_month(typed: str) -> date:
    year, month = int(typed[:4]), int(typed[4:6])
    return date(year, month, monthrange(year, month)[1])
