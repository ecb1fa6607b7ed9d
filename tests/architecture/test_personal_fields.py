"""Every column says whose personal data it may hold, so that nothing is forgotten when it
has to be shown, corrected, kept from view or deleted.

child: about a child. family: about a parent or carer. staff: about somebody who works for the
council, a school or a provider. supplier: about a provider, who may be one person. public:
published already. none: about nobody.
"""

import csv
from collections import Counter

import pytest
from django.apps import apps

from tests.architecture.source import ROOT

FILE = ROOT.parent / "docs" / "personal_fields.tsv"
CLASSES = {"child", "family", "staff", "supplier", "public", "none"}

with FILE.open(newline="") as lines:
    CLASSED = [(row["field"], row["class"]) for row in csv.DictReader(lines, delimiter="\t")]

MODELS = [model for model in apps.get_models() if model.__module__.startswith("flsf.")]


def columns(model):
    fields = (field for field in model._meta.concrete_fields if not field.primary_key)
    return {f"{model._meta.label}.{field.attname}" for field in fields}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_column_is_classed(model):
    forgotten = sorted(columns(model) - {field for field, _ in CLASSED})
    assert forgotten == [], f"add to {FILE.name}, with one of {', '.join(sorted(CLASSES))}"


def test_nothing_is_classed_that_is_no_longer_there():
    there = set().union(*(columns(model) for model in MODELS))
    assert sorted({field for field, _ in CLASSED} - there) == []


def test_every_class_is_one_of_six_and_given_once():
    assert {given for _, given in CLASSED} <= CLASSES
    assert [field for field, times in Counter(one for one, _ in CLASSED).items() if times > 1] == []


@pytest.mark.parametrize("word", ["first_name", "last_name", "birth_date", "upn", "health_notes"])
def test_what_names_a_child_is_classed_so(word):
    assert dict(CLASSED)[f"casework.Child.{word}"] == "child"
