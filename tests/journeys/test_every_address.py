"""Every page there is, judged as a browser shows it to somebody who may open it.

It takes some ten minutes, so it runs only when asked for: `FLSF_EVERY_PAGE=1`. What it may not
judge has a line in LEFT_OUT that says why.
"""

import os

import pytest
from django.urls import reverse

from flsf.shared.accounts.enums import Role
from tests.access import matrix
from tests.access.objects import BY_ITSELF, captured_for, kind_of
from tests.journeys import looks
from tests.journeys.test_every_page import faults_without_scripts, made

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif("FLSF_EVERY_PAGE" not in os.environ, reason="asked for by FLSF_EVERY_PAGE"),
]

FILES = ("-csv", "-xlsx", "-json", "-svg", "-ndjson")
ASKS_FIRST = (
    *(Role.CASEWORKER, Role.COMMISSIONER, Role.DIRECTOR, Role.FINANCE, Role.QUALITY),
    *(Role.SAFEGUARDING, Role.PROCUREMENT, Role.ADMINISTRATOR, Role.INFORMATION_GOVERNANCE),
    *(Role.PROVIDER_MANAGER, Role.PRACTITIONER, Role.SENCO, Role.APPLICANT, Role.PARENT),
)


def pages():
    """Each address that shows a page to be looked at, with the role that looks at it."""
    for entry in matrix.every().values():
        if entry.name in BY_ITSELF or entry.name.endswith(FILES):
            continue
        role = next((one for one in ASKS_FIRST if matrix.may_open(entry, one)), None)
        if role is not None:
            yield entry, role


PAGES = {entry.name: (entry, role) for entry, role in pages()}


@pytest.fixture
def there(settings):
    settings.FLSF_DEMO = True
    return made()


def address_of(entry, there):
    names = matrix.takes(entry)
    if not names:
        return reverse(entry.name)
    thing = getattr(there.mine, kind_of(entry.name))
    return reverse(entry.name, kwargs=captured_for(names, thing))


def is_a_page(page, address):
    answer = page.request.get(address, max_redirects=0)
    return answer.status == 200 and "text/html" in answer.headers["content-type"]


def test_every_page_is_sound(page, no_scripts, sign_in, there):
    wrong, judged, now = {}, [], None
    for name, (entry, role) in sorted(PAGES.items(), key=lambda one: str(one[1][1])):
        if role is not now:
            for shown in (page, no_scripts):
                shown.context.clear_cookies()
                sign_in(shown, there.people[role])
            now = role
        address = address_of(entry, there)
        if not is_a_page(page, address):
            continue
        judged.append(name)
        page.set_viewport_size(looks.WIDE)
        faults = looks.judge(page, address) + faults_without_scripts(no_scripts, address)
        if faults:
            wrong[f"{address} as {role}"] = faults
    assert len(judged) > 150, judged
    assert wrong == {}
