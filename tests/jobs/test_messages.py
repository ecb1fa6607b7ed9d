"""Every message there is: a subject, a reference, where to read more, and nobody's name."""

from pathlib import Path

import pytest
from django.conf import settings

import flsf
from flsf.jobs.outbox import words

MESSAGES = sorted(
    one.stem for one in (Path(flsf.__file__).parent / "templates" / "messages").glob("*.txt")
)


@pytest.mark.parametrize("template", MESSAGES)
def test_a_message_has_a_subject_and_says_where_to_read_more(template):
    details = {"reference": "R-TEST2", "day": "2026-05-15", "expires": "2026-06-15"}
    subject, body = words(template, details)
    assert 5 < len(subject) < 90
    assert "\n" not in subject
    assert "R-TEST2" not in subject  # a screen that is locked shows the subject
    assert settings.FLSF_ADDRESS in body or "http" not in body
    assert "{{" not in body
    assert "None" not in body
    assert len(body) > 60


def test_a_template_that_is_not_there_is_told_in_the_words_that_fit_all():
    assert words("no-such-message", {"reference": "R-TEST2"}) == words(
        "any", {"reference": "R-TEST2"}
    )
