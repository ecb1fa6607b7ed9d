"""The first page of each person."""

from django.urls import reverse

from flsf.core.people import Person
from flsf.web.components.navigation import YOUR_PAGES, links_for


def home_of(person: Person) -> str:
    """The address of the first page the person may open; "Your pages" if there is none."""
    links = links_for(person)
    return links[0].href if links else reverse(YOUR_PAGES)
