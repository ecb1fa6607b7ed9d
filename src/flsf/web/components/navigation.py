"""Where a person can go from the top of every page.

One list, in order. An item is shown when the person may open it and its page is there; a
page adds itself here with one line and marks itself with `{% set section = "children" %}`.
At most eight are shown: the rest are a step away on "Your pages".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse

from flsf.core.people import Person
from flsf.shared.accounts.enums import Permission

MOST_SHOWN = 8
YOUR_PAGES = "your-pages"


@dataclass(frozen=True, slots=True)
class Item:
    """A link of the navigation. Without a permission it is for those who have not signed in."""

    label: str
    url_name: str
    section: str
    permission: Permission | None = None


P = Permission

EVERY: tuple[Item, ...] = (
    # The public.
    Item("Find support", "directory-search", "directory"),
    Item("Ask for support", "ask", "ask"),
    Item("For providers", "for-providers", "for-providers"),
    Item("How we choose", "how-we-choose", "how-we-choose"),
    Item("Spending", "public-spend", "spending"),
    # Council staff and those who oversee them.
    Item("My work", "my-work", "my-work", P.MY_WORK),
    Item("Children", "child-list", "children", P.VIEW_CHILDREN),
    Item("Referrals", "referral-list", "referrals", P.WORK_REFERRALS),
    Item("Waiting", "waiting-list", "waiting", P.VIEW_WAITING),
    Item("Providers", "provider-list", "providers", P.VIEW_PROVIDERS),
    Item("Local Offer", "local-offer", "local-offer", P.EDIT_PROVIDERS),
    Item("Applications", "application-list", "applications", P.VIEW_APPLICATIONS),
    Item("Awards", "award-list", "awards", P.VIEW_AWARDS),
    Item("Placements", "placement-list", "placements", P.VIEW_PLACEMENTS),
    Item("Concerns", "concern-list", "concerns", P.VIEW_CONCERNS),
    Item("Money", "money-overview", "money", P.VIEW_MONEY),
    Item("Oversight", "overview", "oversight", P.VIEW_OVERSIGHT),
    Item("Waivers", "waiver-list", "waivers", P.VIEW_WAIVERS),
    Item("Market", "market-concentration", "market", P.VIEW_MONEY),
    Item("Contracts", "contract-list", "contracts", P.VIEW_CONTRACTS),
    Item("Competitions", "competition-list", "competitions", P.VIEW_AWARDS),
    Item("Framework", "framework-page", "framework", P.VIEW_FRAMEWORK),
    Item("Bring in data", "import-list", "imports", P.IMPORT_DATA),
    Item("People", "user-list", "people", P.MANAGE_USERS),
    Item("Settings", "setup", "settings", P.MANAGE_SETTINGS),
    Item("Budgets", "setup-money", "budgets", P.SET_BUDGETS),
    Item("Who looked", "view-log", "access-log", P.VIEW_ACCESS_LOG),
    Item("What was done", "audit-log", "audit-log", P.VIEW_ACCESS_LOG),
    # Schools.
    Item("Refer", "school-refer", "refer", P.REFER_AS_SCHOOL),
    Item("My pupils", "pupil-list", "pupils", P.VIEW_OWN_PUPILS),
    # Providers.
    Item("To do", "provider-home", "to-do", P.VIEW_OWN_PLACEMENTS),
    Item("Register", "provider-today", "register", P.RECORD_SESSIONS),
    Item("Placements", "provider-placements", "placements", P.VIEW_OWN_PLACEMENTS),
    Item("Claims", "provider-claims", "claims", P.MAKE_CLAIMS),
    Item("Compliance", "provider-compliance", "compliance", P.MANAGE_OWN_SERVICES),
    Item("Our people", "provider-staff", "staff", P.MANAGE_OWN_SERVICES),
    Item("Our services", "provider-services", "services", P.MANAGE_OWN_SERVICES),
    Item("Competitions", "provider-competitions", "competitions", P.MANAGE_OWN_SERVICES),
    Item("Application", "own-application", "application", P.APPLY),
    # Families.
    Item("Our request", "family-requests", "request", P.VIEW_OWN_REQUESTS),
)

FOOTER: tuple[Item, ...] = (
    Item("Accessibility", "accessibility", ""),
    Item("Open data", "open-data", ""),
    Item("Privacy", "privacy", ""),
    Item("Contact", "contact", ""),
    Item("Words explained", "a-to-z", ""),
)


@dataclass(frozen=True, slots=True)
class Link:
    """An item as the page shows it."""

    label: str
    href: str
    section: str


def links_for(person: Person | None) -> list[Link]:
    """Every page of the list that the person may open; None is somebody not signed in."""
    return list(_shown(_allowed(person)))


def footer_links() -> list[Link]:
    """What every page's foot leads to."""
    return list(_shown(FOOTER))


def top_links(person: Person | None) -> list[Link]:
    """As many as fit at the top of a page, the last one leading to the rest."""
    links = links_for(person)
    if len(links) <= MOST_SHOWN:
        return links
    more = Link("More", address_of(YOUR_PAGES) or "", "more")
    return [*links[: MOST_SHOWN - 1], more]


def _allowed(person: Person | None) -> Iterator[Item]:
    for item in EVERY:
        if person is None:
            if item.permission is None:
                yield item
        elif item.permission is not None and person.may(item.permission):
            yield item


def _shown(items: Iterable[Item]) -> Iterator[Link]:
    for item in items:
        if address := address_of(item.url_name):
            yield Link(item.label, address, item.section)


@cache
def address_of(url_name: str) -> str | None:
    """The address of a page that takes no reference, or None when there is no such page."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None
