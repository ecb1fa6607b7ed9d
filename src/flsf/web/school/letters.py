"""What providers with a pupil of ours say in writing about their staff (E24)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.delivery.placements import queries as placements
from flsf.market.staff import queries as staff
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires


@requires(Permission.VIEW_OWN_PUPILS)
def school_providers(request: HttpRequest) -> HttpResponse:
    """Every provider that has a pupil of ours, and until when its letter holds."""
    person, on = person_of(request), clock.london_day(clock.now())
    there = placements.register(person=person, on=on, live_only=True)
    # One placement leads to the letter of its provider.
    first = {one.provider_id: one for one in there}
    letters = staff.letters(first, on=on)
    rows = [
        {"placement": one, "name": one.provider_name, "letter": letters.get(pk)}
        for pk, one in sorted(first.items(), key=lambda pair: pair[1].provider_name)
    ]
    return render(request, "school/providers.html", {"rows": rows})


@requires(Permission.VIEW_OWN_PUPILS)
def placement_letter(request: HttpRequest, ref: str) -> HttpResponse:
    """The letter of the provider where a pupil of ours has a place."""
    person, on = person_of(request), clock.london_day(clock.now())
    placement = found(placements.with_ref(ref, person=person, on=on))
    letter = staff.letters([placement.provider_id], on=on).get(placement.provider_id)
    context = {"placement": placement, "letter": letter}
    return render(request, "school/letter.html", context)
