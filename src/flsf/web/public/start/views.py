from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.web.access import person_of
from flsf.web.components.homes import home_of
from flsf.web.components.navigation import address_of, links_for


@dataclass(frozen=True, slots=True)
class Way:
    """A way in from the first page."""

    heading: str
    says: str
    href: str


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
        "family-requests",
    ),
    ("Join as a provider", "See what we look for and how to join the framework.", "for-providers"),
    (
        "How we choose",
        "See how we pick the right support, and the rules we follow.",
        "how-we-choose",
    ),
    ("How the money is spent", "See what the council spends on this support.", "public-spend"),
)


def start(request: HttpRequest) -> HttpResponse:
    ways = [Way(heading, says, href) for heading, says, page in WAYS if (href := address_of(page))]
    home = home_of(request.user) if request.user.is_authenticated else None
    return render(request, "public/start.html", {"ways": ways, "home": home})


def home(request: HttpRequest) -> HttpResponse:
    return redirect(home_of(person_of(request)))


def your_pages(request: HttpRequest) -> HttpResponse:
    return render(request, "public/your_pages.html", {"links": links_for(person_of(request))})


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html")
