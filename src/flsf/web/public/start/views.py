from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.shared.accounts.enums import Permission
from flsf.shared.council import queries as what_the_council_says
from flsf.web.access import person_of
from flsf.web.components import council, last_changed
from flsf.web.components.homes import home_of
from flsf.web.components.navigation import address_of, links_for


@dataclass(frozen=True, slots=True)
class Way:
    """A way in from the first page."""

    heading: str
    says: str
    href: str


OWN_REQUEST = "family-requests"

WAYS = (
    (
        "Find support",
        "Look for tutors, mentors, therapists and places to learn near you.",
        "directory-search",
    ),
    (
        "Ask for support",
        "Tell us about a child who is not able to attend school. You do not need an account.",
        "ask",
    ),
    (
        "See where things are up to",
        "Look at a request you have sent. We will email you a link.",
        OWN_REQUEST,
    ),
    (
        "What every school does",
        "See what children can count on in every school, before they need more.",
        "oap",
    ),
    (
        "What you can do after 16",
        "Look at ways into work, learning and a home of your own.",
        "pathways",
    ),
    ("Join as a provider", "See what we look for and how to join the framework.", "for-providers"),
    (
        "How we choose",
        "See how we pick the right support, and the rules we follow.",
        "how-we-choose",
    ),
    (
        "How it works",
        "See what the council buys, how it is checked, and who is on the list.",
        "framework-public",
    ),
    ("How the money is spent", "See what the council spends on this support.", "public-spend"),
)


def start(request: HttpRequest) -> HttpResponse:
    ways = [
        Way(heading, says, href)
        for heading, says, page in WAYS
        if (href := _own_request(request.user) if page == OWN_REQUEST else address_of(page))
    ]
    home = home_of(request.user) if request.user.is_authenticated else None
    return render(request, "public/start.html", {"ways": ways, "home": home})


def _own_request(user: Any) -> str | None:
    """A family's own request; the way to a link for somebody unknown; nothing for staff."""
    if not user.is_authenticated:
        return address_of("sign-in-link")
    return address_of(OWN_REQUEST) if user.may(Permission.VIEW_OWN_REQUESTS) else None


def home(request: HttpRequest) -> HttpResponse:
    return redirect(home_of(person_of(request)))


def your_pages(request: HttpRequest) -> HttpResponse:
    return render(request, "public/your_pages.html", {"links": links_for(person_of(request))})


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html")


def contact(request: HttpRequest) -> HttpResponse:
    changed = last_changed.latest(what_the_council_says.told_at())
    return render(request, "public/contact.html", {"changed": changed})


def colour(request: HttpRequest) -> HttpResponse:
    """The council's own colour. Its address changes with it, so a browser may keep it."""
    told = council.particulars().colour
    sheet = f":root {{ --govuk-brand-colour: {told}; }}\n"
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response
