"""Model policies: whatever the shipped questions promise a model of, there is one."""

import re

import pytest

from flsf.market.applications.rules import DEFAULT_SET, MODEL_POLICIES, model_policy, models_for
from flsf.market.checks.rules import DEFAULT_CHECKS

CODES = {one.code for one in DEFAULT_CHECKS}
PROMISED = [one for one in DEFAULT_SET.questions if "our model" in one.remedy]


def test_questions_promise_models():
    assert PROMISED


@pytest.mark.parametrize("question", PROMISED, ids=lambda one: one.code)
def test_whatever_is_promised_is_there(question):
    assert models_for({question.check})


@pytest.mark.parametrize("one", MODEL_POLICIES, ids=lambda one: one.slug)
def test_a_model_is_for_a_check_and_says_what_is_to_be_filled_in(one):
    assert one.check in CODES
    assert model_policy(one.slug) is one
    words = [line for part in one.parts for line in (*part.words, *part.steps)]
    assert any("[name" in line for line in words)
    assert all(part.words or part.steps for part in one.parts)
    # What is typed in brackets is closed again, so that nobody overlooks one.
    assert all(re.sub(r"\[[^\[\]]+\]", "", line).count("[") == 0 for line in words)


def test_what_nobody_wrote_is_not_there():
    assert model_policy("dragons") is None
    assert models_for(set()) == []
