"""The list of competitions."""

from typing import Any

from django.urls import reverse

from flsf.casework.competitions import queries
from flsf.shared.accounts.enums import Permission
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.components.pages import Rows


class Row:
    """A competition with where it is at the moment the list is asked for."""

    def __init__(self, one: Any, at: Any) -> None:
        self.ref, self.lot = one.ref, one.lot.name
        self.stage = str(queries.stage_of(one, at).label)
        counts = queries.counts_of(one)
        self.is_opened = one.opened_at is not None
        self.eligible = counts.eligible if one.published_at else None
        self.invited = counts.invited if one.published_at else None
        self.bids = counts.bids if self.is_opened else None
        self.published_at, self.closes_at = one.published_at, one.closes_at
        self.award_ref = one.award_ref
        self.wanted = one.told.wanted


class Listed:
    """Cut from the database a page at a time."""

    def __init__(self, found: Any, at: Any) -> None:
        self._found, self._at = found, at

    def __len__(self) -> int:
        return int(self._found.count())

    def __getitem__(self, part: slice) -> list[Row]:
        return [Row(one, self._at) for one in self._found[part]]


def _rows(asked: Asked) -> Rows:
    return Listed(queries.listed(person=asked.person), asked.at)


COMPETITIONS = ListPage(
    name="competition-list",
    title="Competitions",
    section="competitions",
    permission=Permission.VIEW_AWARDS,
    columns=(
        Column(
            "Competition",
            "ref",
            link=lambda row: reverse("competition-page", kwargs={"ref": row.ref}),
        ),
        Column("Step", "stage", Kind.STATUS),
        Column("Lot", "lot"),
        Column("Published", "published_at", Kind.MOMENT, in_files_only=True),
        Column("Bids close", "closes_at", Kind.MOMENT),
        Column("Could bid", "eligible", Kind.NUMBER),
        Column("Asked", "invited", Kind.NUMBER),
        Column("Bids", "bids", Kind.NUMBER),
        Column("Award", "award_ref"),
        Column("What is wanted", "wanted", in_files_only=True),
    ),
    rows=_rows,
    noun=("competition", "competitions"),
    empty="No competition was held yet. Begin one from what fits a referral.",
    worked_out=(
        "Could bid: the lot's providers that could be awarded it when it was published (in the "
        "pool, checks in date, party to an agreement, not excluded, not at their limit). Asked: "
        "those of them with somebody to write to. Bids: those sent in time and not withdrawn "
        "before the deadline; nobody sees how many before bids are opened."
    ),
)
