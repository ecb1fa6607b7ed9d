"""What was done to a framework: every step in words, and the same at one go told once."""

from itertools import chain

import pytest
from django.test import Client

from flsf.core.people import SYSTEM
from flsf.mandate.framework.enums import Tag as Framework
from flsf.mandate.governance.enums import Tag as Register
from flsf.mandate.rounds.enums import Tag as Round
from flsf.shared.accounts.enums import Role
from flsf.shared.audit import actions as audit
from flsf.web.council.framework_office.history import SHOWN, WORDS
from tests.factories import NOW, council_member, made_framework

# These are told of the lot, the round or what was declared, and not of the framework.
OF_OTHERS = {
    Framework.LOT_CHANGED,
    Register.DECLARED,
    Round.ANSWERED,
    Round.NOTICE_RECORDED,
}


@pytest.mark.parametrize("tag", sorted(set(chain(Framework, Register, Round)) - OF_OTHERS))
def test_every_step_has_its_words(tag):
    assert WORDS[tag]


@pytest.mark.django_db
def test_the_same_at_one_go_is_told_once_and_what_is_old_on_asking():
    made = made_framework()
    tags = [*[Register.ADDED] * 20, *([Round.OPENED, Round.CLOSED] * SHOWN)]
    for tag in tags:
        audit.record(tag=tag, subject=f"framework {made.ref}", details={}, by=SYSTEM, at=NOW)
    client = Client()
    client.force_login(council_member(Role.PROCUREMENT))
    page = client.get("/framework-office/").content.decode()
    at_once, on_asking = page.split("What was done before")
    assert at_once.count("Round opened") == SHOWN // 2
    assert "Entry added to a register, 20 times" in on_asking
