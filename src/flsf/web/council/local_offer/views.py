from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.shared.accounts.enums import Permission
from flsf.web.access import person_of, requires
from flsf.web.components.navigation import address_of


@dataclass(frozen=True, slots=True)
class Door:
    """A page of the Local Offer's keepers, and what it is for."""

    label: str
    words: str
    url_name: str
    permission: Permission = Permission.EDIT_PROVIDERS

    @property
    def href(self) -> str:
        return address_of(self.url_name) or ""


DOORS = (
    Door(
        "Pages of the council",
        "What every school does, and the routes after 16: written in versions, looked at again.",
        "guide-list",
    ),
    Door(
        "Training and apprenticeship providers",
        "Everybody who gives training near here: added, brought in from a sheet, looked at again.",
        "trainer-list",
    ),
    Door(
        "Supported internships",
        "Places open and to come, against the young people who want one.",
        "internship-list",
        Permission.VIEW_WAITING,
    ),
    Door(
        "Listings to agree",
        "What providers would have families read, beside what families read now.",
        "listing-list",
    ),
    Door(
        "Help that is not on the framework",
        "Clubs, charities, health and advice: kept by us, marked for families.",
        "other-list",
    ),
    Door(
        "What the Local Offer must say",
        "The list of the regulations: where each thing is published, and what is missing.",
        "duty-list",
    ),
    Door(
        "New kinds of service",
        "What providers propose: take it up as a choice of the search, or merge it.",
        "kind-list",
    ),
    Door(
        "What is missing",
        "Searches that found nothing and referrals that nothing fits, by need and area.",
        "gap-list",
    ),
    Door(
        "What families said",
        "Comments to read, publish and answer: you said, we did.",
        "comment-list",
    ),
    Door("What people told us", "In their own words. Not published.", "told-list"),
    Door(
        "Words people use", "What a phrase or short form stands for in the search.", "phrase-list"
    ),
    Door(
        "Councils next door", "Their Local Offers, for people outside our area.", "neighbour-list"
    ),
)


@requires(Permission.EDIT_PROVIDERS)
def local_offer(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    doors = [one for one in DOORS if person.may(one.permission)]
    return render(request, "council/local_offer/home.html", {"doors": doors})
