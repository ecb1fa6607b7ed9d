"""The commissioning review: what each provision in use today rests on, and what it lacks."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from flsf.oversight.provisions import queries, rules
from flsf.oversight.provisions.enums import Bought, Duty, Standing
from flsf.oversight.provisions.rules import Provision
from flsf.shared.accounts.enums import Permission, Team
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage


@dataclass(frozen=True, slots=True)
class Row:
    """A provision, and whether whoever reads of it may record evidence."""

    one: Provision
    may_edit: bool

    @property
    def may_be_mended_at(self) -> dict[Duty, str]:
        """Where each duty is looked after: the place at which a gap is mended."""
        provider = reverse("provider-page", kwargs={"ref": self.one.provider_ref})
        evidence = reverse("evidence-see", kwargs={"ref": self.one.provider_ref})
        lacks_evidence = bool(self.one.watched.overdue) and self.may_edit
        return {
            Duty.GOVERNANCE: provider,
            Duty.OVERSIGHT: evidence if lacks_evidence else provider,
            Duty.PROCUREMENT: self._bought_at,
        }

    @property
    def _bought_at(self) -> str:
        faulty = self.one.faulty
        waivers = {one.waiver_ref for one in faulty}
        if len(waivers) == 1 and (waiver := waivers.pop()):
            return reverse("waiver-page", kwargs={"ref": waiver})
        if len(faulty) == 1:
            return reverse("award-page", kwargs={"ref": faulty[0].award_ref})
        asked = urlencode({"provider": self.one.provider_ref})
        return f"{reverse('without-contract-list')}?{asked}"

    def words(self, duty: Duty) -> str:
        gaps = self.one.gaps[duty]
        return "Missing" if gaps else "Present"

    def more(self, duty: Duty) -> str:
        return "; ".join(self.one.gaps[duty]) or self.one.present(duty)


class ReviewFilters(FilterForm):
    standing = forms.ChoiceField(
        label="Standing", required=False, choices=[("", "Any"), *Standing.choices]
    )
    lacking = forms.ChoiceField(
        label="What is missing", required=False, choices=[("", "Anything"), *Duty.choices]
    )
    route = forms.ChoiceField(
        label="Bought by", required=False, choices=[("", "Any"), *Bought.choices]
    )
    team = forms.ChoiceField(label="Team", required=False, choices=[("", "Any"), *Team.choices])


def _rows(asked: Asked) -> list[Row]:
    found = rules.narrowed(
        queries.review(asked.on), **{name: said or "" for name, said in asked.filters.items()}
    )
    may_edit = asked.person.may(Permission.EDIT_PROVIDERS)
    return [Row(one, may_edit) for one in found]


def _context(asked: Asked) -> dict[str, object]:
    return {"summary": rules.summary(queries.review(asked.on)), "duties": list(Duty)}


def _duty(duty: Duty) -> tuple[Column, Column]:
    def link(row: Row) -> str:
        return row.may_be_mended_at[duty] if row.one.gaps[duty] else ""

    def hint(row: Row) -> str:
        return row.more(duty)

    def word(row: Row) -> str:
        return row.words(duty)

    shown = str(duty.label)
    return (
        Column(shown, word, link=link, hint=hint),
        Column(f"{shown} detail", hint, in_files_only=True),
    )


def _teams(row: Row) -> str:
    return ", ".join(str(Team(one).label) for one in row.one.teams)


REVIEW = ListPage(
    name="commissioning-review",
    title="Commissioning review",
    section="oversight",
    permission=Permission.VIEW_WAIVERS,
    columns=(
        Column(
            "Provision",
            lambda row: row.one.name,
            link=lambda row: reverse("provider-page", kwargs={"ref": row.one.provider_ref}),
            hint=lambda row: row.one.provider_name,
        ),
        Column("Standing", lambda row: str(row.one.standing.label), Kind.STATUS),
        *_duty(Duty.GOVERNANCE),
        *_duty(Duty.OVERSIGHT),
        *_duty(Duty.PROCUREMENT),
        Column("Placements", lambda row: row.one.placements, Kind.NUMBER),
        Column("Provider", lambda row: row.one.provider_name, in_files_only=True),
        Column("Lot", lambda row: row.one.lot_name, in_files_only=True),
        Column("Teams", _teams, in_files_only=True),
    ),
    rows=_rows,
    filters=ReviewFilters,
    template="council/oversight/commissioning_review.html",
    context=_context,
    noun=("provision", "provisions"),
    empty="No provision answers to these filters.",
    worked_out=(
        "A provision is a service that a child has a place with today: planned, under way or on "
        "hold. What is bought from one provider outside the register counts as one. Governance: "
        "the provider is admitted to the lot, the framework runs, and an agreement is in force. "
        "Oversight: all that the provider must show is in date, no visit that was asked for is "
        "late, and no suspension waits to be looked at again. Procurement route: each placement "
        "rests on a decided award under the framework, or on a waiver that is live."
    ),
)
