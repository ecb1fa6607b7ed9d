"""Every word of the record reads group:subject:past-tense."""

import importlib
from enum import StrEnum

import pytest

from flsf.shared.audit import rules
from tests.architecture.source import name, stage_files

TAGS = [
    (module.__name__.split(".")[1], tag)
    for module in (importlib.import_module(name(path)) for path in stage_files("enums"))
    if isinstance(getattr(module, "Tag", None), type) and issubclass(module.Tag, StrEnum)
    for tag in module.Tag
]


@pytest.mark.parametrize(("group", "tag"), TAGS, ids=str)
def test_a_tag_is_well_formed_and_of_its_own_group(group, tag):
    assert rules.is_well_formed(tag.value)
    assert tag.value.startswith(f"{group}:")


def test_no_two_tags_are_alike():
    words = [tag.value for _, tag in TAGS]
    assert len(words) == len(set(words))
