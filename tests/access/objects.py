"""What each address with something in it is about, and who may see which of two such things.

An address takes its kind from the first word of its name: `award-page` is about an award. One
whose name begins otherwise has a line in ABOUT. One that leads by a secret, or is about nothing
of the world, has a line in BY_ITSELF that says where else it is tested.
"""

from collections.abc import Mapping
from typing import Any

from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.rules import HELD_AT

BOTH, OWN, NEITHER = frozenset({"mine", "theirs"}), frozenset({"mine"}), frozenset()

COUNCIL = frozenset(role for role in Role if role not in HELD_AT)
PROVIDER = frozenset({Role.PROVIDER_MANAGER, Role.PRACTITIONER})
SCHOOL_AND_FAMILY = frozenset({Role.SENCO, Role.PARENT, Role.YOUNG_PERSON})


def _for(both=frozenset(), own=frozenset()) -> dict[Role, frozenset[str]]:
    return {role: BOTH if role in both else OWN if role in own else NEITHER for role in Role}


CASEWORK = frozenset({Role.CASEWORKER, Role.SAFEGUARDING})
EVERYBODY = frozenset(Role)

# Written by hand, and held against `visible_to` and against every address.
SEES: Mapping[str, Mapping[Role, frozenset[str]]] = {
    "child": _for(CASEWORK, {Role.VIRTUAL_SCHOOL} | SCHOOL_AND_FAMILY | PROVIDER),
    "referral": _for(CASEWORK, {Role.VIRTUAL_SCHOOL} | SCHOOL_AND_FAMILY),
    "award": _for(
        {
            *(Role.COMMISSIONER, Role.CASEWORKER, Role.VIRTUAL_SCHOOL, Role.PROCUREMENT),
            *(Role.FINANCE, Role.DIRECTOR, Role.SAFEGUARDING),
        },
        PROVIDER,
    ),
    "competition": _for(
        {
            *(Role.COMMISSIONER, Role.CASEWORKER, Role.VIRTUAL_SCHOOL, Role.PROCUREMENT),
            *(Role.FINANCE, Role.DIRECTOR),
        },
        {Role.PROVIDER_MANAGER},
    ),
    "placement": _for(
        {
            *(Role.COMMISSIONER, Role.CASEWORKER, Role.VIRTUAL_SCHOOL, Role.QUALITY),
            *(Role.SAFEGUARDING,),
        },
        SCHOOL_AND_FAMILY | PROVIDER,
    ),
    "continuity": _for(
        {
            *(Role.COMMISSIONER, Role.CASEWORKER, Role.VIRTUAL_SCHOOL, Role.QUALITY),
            *(Role.SAFEGUARDING,),
        },
        SCHOOL_AND_FAMILY | PROVIDER,
    ),
    "claim": _for(COUNCIL, PROVIDER),
    "concern": _for({Role.SAFEGUARDING}),
    "provider": _for(COUNCIL, PROVIDER),
    "told": _for(COUNCIL, PROVIDER),
    "member": _for(COUNCIL, PROVIDER),
    "step": _for(COUNCIL, PROVIDER),
    "meeting": _for(COUNCIL, PROVIDER),
    "action": _for(COUNCIL, PROVIDER),
    "service": _for(COUNCIL, PROVIDER),
    "version": _for(COUNCIL, PROVIDER),
    "other": _for(EVERYBODY),
    "guide": _for(EVERYBODY),
    "trainer": _for(EVERYBODY),
    "comment": _for(COUNCIL, PROVIDER),
    "kind": _for(COUNCIL, PROVIDER),
    "admission": _for(COUNCIL, PROVIDER),
    "agreement": _for(COUNCIL, PROVIDER),
    "waiver": _for(COUNCIL),
    "batch": _for(COUNCIL),
    "user": _for({Role.ADMINISTRATOR}),
    "application": _for(COUNCIL, {Role.APPLICANT}),
    "document": _for(
        {
            *(Role.COMMISSIONER, Role.QUALITY, Role.SAFEGUARDING, Role.PROCUREMENT),
            *(Role.DIRECTOR,),
        },
        {Role.APPLICANT},
    ),
    "question_set": _for(EVERYBODY),
    "exclusion": _for({Role.COMMISSIONER, Role.PROCUREMENT, Role.DIRECTOR}, PROVIDER),
    "debarment": _for({Role.COMMISSIONER, Role.PROCUREMENT, Role.DIRECTOR}),
    "framework": _for(EVERYBODY),
    "lot": _for(EVERYBODY),
    "round": _for(EVERYBODY),
    "transition": _for(COUNCIL),
    "entry": _for({Role.COMMISSIONER, Role.PROCUREMENT, Role.DIRECTOR, Role.COUNCILLOR}),
}

# Addresses whose name does not begin with the kind of thing they are about.
ABOUT: Mapping[str, str] = {
    "pupil": "referral",
    "register": "placement",
    "session": "placement",
    "shortlist": "referral",
    "award-propose": "referral",
    "competition-start": "referral",
    "provider-competition": "competition",
    "match": "referral",
    "import": "batch",
    "directory-service": "service",
    "listing": "version",
    "directory-other": "other",
    "pathway": "guide",
    "school-refer-sent": "referral",
    "children-with-provider": "provider",
    "directory-save": "service",
    "evidence": "provider",
    "site": "provider",
    "staff": "member",
    "staff-of": "provider",
    "directory-provider": "provider",
    "provider-claim": "claim",
    "provider-placement": "placement",
    "provider-service": "service",
    "provider-register": "placement",
    "provider-session": "placement",
    "family-request": "referral",
    "question-set": "question_set",
    "own-exclusion": "exclusion",
    "own-action": "action",
    "own-agreement": "agreement",
    "exclusion-open": "provider",
}

# A page anybody may read by its address shows both, whatever the kind.
BY_ITSELF: Mapping[str, str] = {
    "sign-in-by-link": "led by a secret: tests/accounts/test_sign_in_link.py",
    "ask-status-open": "led by a secret: the tests of asking for support",
    "join-link": "led by a secret: tests/pages/test_join_pages.py",
    "application-reopen": "a part that stands: tests/pages/test_judged_again_pages.py",
    "application-number": "a number somebody else has too: tests/flows/test_shared_numbers.py",
    "model-policy": "shown to everyone: tests/pages/test_join_pages.py",
    "model-policy-file": "shown to everyone: tests/pages/test_join_pages.py",
    "join-step": "a step of a form that shows what its own session typed",
    "ask-step": "a step of a form that shows what its own session typed",
    "school-refer-step": "a step of a form that shows what its own session typed",
    "open-referral-service": "for any program: tests/pages/test_open_referral.py",
    "open-referral-organization": "for any program: tests/pages/test_open_referral.py",
    "open-referral-service-at-location": "for any program: tests/pages/test_open_referral.py",
    "open-referral-taxonomy": "for any program: tests/pages/test_open_referral.py",
    "open-referral-taxonomy-term": "for any program: tests/pages/test_open_referral.py",
    "opening-withdraw": "shown to everyone: tests/pages/test_market_pages.py",
    "demo-as": "only in a demonstration: tests/pages/test_demo.py",
    "account_reset_password_from_key": "led by a secret: tests/accounts/test_sign_in.py",
    "mfa_remove_webauthn": "one's own key: tests/accounts/test_second_factor.py",
    "mfa_edit_webauthn": "one's own key: tests/accounts/test_second_factor.py",
    "setup-budget": "the council's own money, about nobody: tests/pages/test_setup_money.py",
    "openid_connect_login": "the council's own service",
    "standards-publish": "the same for everyone: tests/pages/test_standards.py",
    "own-standards-keep": "the same for everyone: tests/pages/test_standards.py",
    "driver-answers": "a requirement, the same for everyone: tests/pages/test_drivers.py",
    "delegation-end": "a delegation by its number: tests/pages/test_delegations.py",
    "retender-page": "a framework's own: tests/flows/test_tender_again.py",
    "retender-end": "a framework's own: tests/flows/test_tender_again.py",
    "guide-begin": "a kind, about nothing yet: tests/pages/test_guides.py",
    "duty-check": "an item of the law, by its number: tests/pages/test_duties.py",
    "feedback-year": "a year of published comments: tests/pages/test_comments.py",
    "openid_connect_callback": "the council's own service",
}


class NotKnown(LookupError):
    """An address nobody has said anything about."""


def kind_of(url_name: str) -> str:
    """The kind of thing an address is about. Raises NotKnown, saying what to do."""
    words = url_name.split("-")
    for length in range(len(words), 0, -1):
        start = "-".join(words[:length])
        if start in ABOUT:
            return ABOUT[start]
        if start in SEES:
            return start
    raise NotKnown(
        f"Say what {url_name} is about: a line in ABOUT or BY_ITSELF of tests/access/objects.py"
    )


def captured_for(names: list[str], thing: Any) -> dict[str, Any]:
    """What the address takes, from the thing. A further part of the address has a value here."""
    usual = {
        "day": "2026-05-14",
        "half": "am",
        "month": "2026-05",
        "section": "about",
        "page": 1,
        "code": "vat",
        "session": "2026-05-14-am",
    }
    return {
        name: getattr(thing, name) if hasattr(thing, name) and name != "day" else usual[name]
        for name in names
    }
