"""The frame round every page of a child: who it is, the flags, and where else to go.

    opened = open_child(request, ref)
    return render(request, "council/children/needs.html", opened.context)

The template extends "council/children/frame.html" and fills the block `child_page`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from flsf.casework.children import queries, rules
from flsf.casework.children.enums import Care, Detail, Schooling, SenStage
from flsf.core import clock
from flsf.core.people import Person
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.web.access import found, person_of
from flsf.web.council.children.panels import SUB_PAGES


@dataclass(frozen=True, slots=True)
class Opened:
    """A child that was found, and whose opening was written down."""

    child: Any
    person: Person
    on: date
    at: datetime
    context: dict[str, Any]


def open_child(request: HttpRequest, ref: str) -> Opened:
    """The child, for those who may see the whole record; for others there is none."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    child = found(queries.with_ref(ref, person=person, on=today))
    whole = queries.detail_for(child.pk, person=person, on=today) is Detail.FULL
    child = found(child if whole else None)
    page = request.resolver_match.url_name if request.resolver_match else ""
    audit.record_view(subject=f"child {child.ref}", page=page or "", by=person, at=now)
    context = {
        "child": child,
        "age": rules.age_on(child.birth_date, today),
        "school_year": rules.school_year(child.birth_date, today),
        "flags": flags_of(child),
        "sub_pages": [
            {
                "text": one.label,
                "href": reverse(one.url_name, kwargs={"ref": child.ref}),
                "active": one.url_name == page,
            }
            for one in SUB_PAGES
        ],
        "may_edit": person.may(Permission.EDIT_CHILDREN),
    }
    return Opened(child=child, person=person, on=today, at=now, context=context)


def flags_of(child: Any) -> list[str]:
    """What anybody who works with the child must know at once, in words."""
    flags = []
    if child.contact_caution:
        flags.append("Take care whom you contact")
    if child.health_notes:
        flags.append("Medical needs")
    if child.care != Care.NONE:
        flags.append(str(Care(child.care).label))
    if child.sen_stage == SenStage.EHCP:
        flags.append("Has an EHC plan")
    if child.schooling == Schooling.HOME_EDUCATED:
        flags.append("Educated at home by family")
    if child.schooling == Schooling.NO_SCHOOL:
        flags.append("Not on a school's roll")
    return flags
