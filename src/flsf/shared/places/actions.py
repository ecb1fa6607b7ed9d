"""The only writes of postcodes, wards and schools."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from flsf.core.counts import Counts
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.shared import staging
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts.enums import OrganisationKind
from flsf.shared.audit import actions as audit
from flsf.shared.places.enums import Tag
from flsf.shared.places.models import School

# What a column of the schools register starts with where a file does not bring it.
SCHOOL_STARTS: dict[str, object] = {
    "name": "",
    "authority_code": "",
    "authority_name": "",
    "establishment_number": "",
    "type_code": "",
    "type_name": "",
    "phase": "",
    "is_open": True,
    "street": "",
    "town": "",
    "postcode": "",
    "ukprn": "",
}
POSTCODE_STARTS: dict[str, object] = {"district": "", "ward": ""}


class NoSuchSchool(Refusal):
    says = "We do not know that school. Bring in the schools register first."


@transaction.atomic
def take_in_schools(
    *, columns: Sequence[str], rows: Iterable[Sequence[object]], by: Person, at: datetime
) -> Counts:
    """The register holds these schools. What the columns do not name stays as it was.

    `columns` are fields of School and include "urn"; each urn comes once.
    """
    staging.wait_for_turn("schools")
    counts = staging.take_in(
        table="shared_school",
        key=("urn",),
        columns=columns,
        rows=rows,
        new_rows_have={key: SCHOOL_STARTS[key] for key in SCHOOL_STARTS if key not in columns},
    )
    _record(Tag.SCHOOLS_IMPORTED, "schools", counts, by, at)
    return counts


@transaction.atomic
def take_in_links(
    *,
    rows: Iterable[tuple[int, int, str, str, date | None]],
    by: Person,
    at: datetime,
) -> Counts:
    """The register holds these links: urn, linked urn, kind, linked name, since when."""
    staging.wait_for_turn("school links")
    counts = staging.take_in(
        table="shared_schoollink",
        key=("urn", "linked_urn", "kind"),
        columns=("urn", "linked_urn", "kind", "linked_name", "established_on"),
        rows=rows,
    )
    _record(Tag.SCHOOLS_IMPORTED, "school links", counts, by, at)
    return counts


@transaction.atomic
def take_in_postcodes(
    *, columns: Sequence[str], rows: Iterable[Sequence[object]], by: Person, at: datetime
) -> Counts:
    """The directory holds these postcodes. What the columns do not name stays as it was.

    `columns` are fields of Postcode and include "postcode"; each postcode comes once.
    """
    staging.wait_for_turn("postcodes")
    counts = staging.take_in(
        table="shared_postcode",
        key=("postcode",),
        columns=columns,
        rows=rows,
        new_rows_have={key: POSTCODE_STARTS[key] for key in POSTCODE_STARTS if key not in columns},
    )
    _record(Tag.POSTCODES_IMPORTED, "postcodes", counts, by, at)
    return counts


@transaction.atomic
def take_in_wards(
    *, rows: Iterable[tuple[str, str, str, int, int]], by: Person, at: datetime
) -> Counts:
    """We hold these wards: code, name, boundary as GeoJSON text, easting and northing."""
    staging.wait_for_turn("wards")
    counts = staging.take_in(
        table="shared_ward",
        key=("code",),
        columns=("code", "name", "boundary", "easting", "northing"),
        rows=rows,
    )
    _record(Tag.WARDS_IMPORTED, "wards", counts, by, at)
    return counts


@transaction.atomic
def invite_school(*, school_id: int, by: Person, at: datetime) -> School:
    """The school is an organisation whose people can sign in; again makes no difference.

    Raises NoSuchSchool.
    """
    school = School.objects.select_for_update(of=("self",)).filter(pk=school_id).first()
    if school is None:
        raise NoSuchSchool
    if school.organisation is None:
        school.organisation = accounts.add_organisation(
            name=school.name, kind=OrganisationKind.SCHOOL, by=by, at=at
        )
        school.save(update_fields=["organisation"])
        audit.record(
            tag=Tag.SCHOOL_INVITED, subject=f"school {school.urn}", details={}, by=by, at=at
        )
    return school


def _record(tag: Tag, subject: str, counts: Counts, by: Person, at: datetime) -> None:
    details = {"new": counts.new, "changed": counts.changed, "same": counts.same}
    audit.record(tag=tag, subject=subject, details=details, by=by, at=at)
