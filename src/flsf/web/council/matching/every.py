"""Every service and every reason, as a list with its files."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import Http404
from django.urls import reverse

from flsf.casework.matching import queries as matching
from flsf.casework.matching import rules
from flsf.casework.matching.enums import RULE_ORDER
from flsf.casework.matching.queries import Match
from flsf.casework.referrals import queries as referrals
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage

FITS = "fits"


class EveryFilters(FilterForm):
    only = forms.ChoiceField(label="Show", required=False)

    field_order = ("only",)

    def __init__(self, *args: object, match: Match, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        left_out = [(one.rule, one.for_staff) for one in match.book.rules]
        field = self.fields["only"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Every service"), (FITS, "Those that fit"), *left_out]


@dataclass(frozen=True, slots=True)
class Row:
    rank: int | None
    ref: str
    name: str
    provider: str
    total: int | None
    reasons: str


class Rows:
    """The services in their order, those left out last; named when cut."""

    def __init__(self, match: Match, only: str) -> None:
        self._match = match
        ranked = match.result.ranked.tolist()
        self._rank = {place: at + 1 for at, place in enumerate(ranked)}
        masks = match.result.masks.tolist()
        out = sorted(
            (place for place, mask in enumerate(masks) if mask),
            key=lambda place: (masks[place].bit_count(), place),
        )
        bits = {one.value: one.bit for one in RULE_ORDER}
        if only == FITS:
            out = []
        elif only in bits:
            ranked, out = [], [place for place in out if masks[place] & bits[only]]
        self._places = [*ranked, *out]

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, part: slice) -> list[Row]:
        places = self._places[part]
        columns, result = self._match.columns, self._match.result
        names = providers.names([int(columns.service[place]) for place in places])
        totals = result.totals.tolist()
        rows = []
        for place in places:
            name, rank = names[int(columns.service[place])], self._rank.get(place)
            said = rules.why_not(place, int(result.masks[place]), self._match.question, columns)
            rows.append(
                Row(
                    rank=rank,
                    ref=name.ref,
                    name=name.name,
                    provider=name.provider_name,
                    total=totals[rank - 1] if rank else None,
                    reasons=". ".join(one.words for one in said),
                )
            )
        return rows


def _match(asked: Asked) -> Match:
    referral = referrals.with_ref(str(asked.captured["ref"]), person=asked.person, on=asked.on)
    if referral is None:
        raise Http404
    return matching.rank(referral.pk, on=asked.on)


def _context(asked: Asked) -> Mapping[str, object]:
    back = reverse("referral-match", kwargs={"ref": asked.captured["ref"]})
    return {"back": {"text": "What fits", "href": back}}


EVERY = ListPage(
    name="referral-match-every",
    title="Every service, and why",
    section="referrals",
    permission=Permission.WORK_REFERRALS,
    columns=(
        # First, as each row's heading: those left out have no rank.
        Column("Service", "name", hint="provider"),
        Column("Rank", "rank", Kind.NUMBER),
        Column("Provider", "provider", in_files_only=True),
        Column("Reference", "ref"),
        Column("Points", "total", Kind.NUMBER),
        Column("Why it was left out", "reasons"),
    ),
    rows=lambda asked: Rows(_match(asked), str(asked.filters.get("only") or "")),
    filters=lambda asked: EveryFilters(asked.query, match=_match(asked)),
    context=_context,
    noun=("service", "services"),
    empty="No service to show.",
    worked_out=(
        "Each service is held against every published rule. Those that meet all are ranked by "
        "points; every rule that one does not meet is named."
    ),
)
