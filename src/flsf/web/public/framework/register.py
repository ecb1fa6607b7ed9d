"""The public register: who has been admitted to which lot, and how they stand today."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from flsf.market.admissions import queries as admissions
from flsf.market.admissions.queries import Admitted, Changed
from flsf.web.components import last_changed
from flsf.web.components.lists import Asked, Column, Kind, ListPage

NOBODY = "Nobody is on the register today."
STANDING = "That is when a provider shown here last came in, was suspended or was let in again."


def _rows(asked: Asked) -> Sequence[Admitted]:
    return admissions.public_register(asked.on)


def _history(asked: Asked) -> Sequence[Changed]:
    return admissions.public_history(asked.on)


def _changed(asked: Asked, rows: Sequence[Any]) -> last_changed.Changed:
    latest = last_changed.latest(*(row.since for row in rows), what=STANDING)
    return latest or last_changed.Changed(asked.on, NOBODY)


REGISTER = ListPage(
    name="public-register",
    title="Register of providers",
    section="framework",
    permission=None,
    changed=_changed,
    template="public/framework/register.html",
    columns=(
        Column(
            "Provider",
            "provider_name",
            link=lambda row: (
                reverse("directory-provider", kwargs={"slug": row.provider_slug})
                if row.is_listed
                else ""
            ),
            hint="kind",
        ),
        Column("Lot", "lot_name"),
        Column("Status", "word", Kind.STATUS, hint="note"),
        Column("Since", "since", Kind.DATE),
    ),
    rows=_rows,
    noun=("admission", "admissions"),
    empty="Nobody has been admitted yet.",
    worked_out=(
        "Every provider that has been admitted to a lot, with its status today. Suspended means "
        "that no new child is placed with it. Not taking new children at the moment means that "
        "the council is waiting for a newer certificate or policy: that ends by itself."
    ),
)

HISTORY = ListPage(
    name="public-register-history",
    title="Register of providers: every change",
    section="framework",
    permission=None,
    changed=_changed,
    columns=(
        Column("From", "since", Kind.DATE),
        Column("Provider", "provider_name", hint="kind"),
        Column("Lot", "lot_name"),
        Column("Status", lambda row: row.status.label, Kind.STATUS),
    ),
    rows=_history,
    noun=("change", "changes"),
    empty="Nobody has been admitted yet.",
    worked_out=(
        "Every day on which a provider came into a lot, was suspended in it, or had its suspension "
        "lifted, the latest first. What comes in force later is not shown yet."
    ),
)
