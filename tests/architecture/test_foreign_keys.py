"""Tables lean the same way as imports: towards the source of the river."""

import pytest
from django.apps import apps

# Every stage in the order of the river. A new stage takes its place here.
RIVER = (
    "flsf.shared.audit",
    "flsf.shared.accounts",
    "flsf.shared.council",
    "flsf.shared.documents",
    "flsf.shared.places",
    "flsf.shared.calendars",
    "flsf.shared.notify",
    "flsf.shared.imports",
    "flsf.mandate.law",
    "flsf.mandate.framework",
    "flsf.mandate.delegations",
    "flsf.mandate.governance",
    "flsf.mandate.rounds",
    "flsf.mandate.budgets",
    "flsf.mandate.waivers",
    "flsf.mandate.retenders",
    "flsf.market.kinds",
    "flsf.market.providers",
    "flsf.market.checks",
    "flsf.market.standards",
    "flsf.market.exclusions",
    "flsf.market.applications",
    "flsf.market.evaluation",
    "flsf.market.staff",
    "flsf.market.reviews",
    "flsf.market.promises",
    "flsf.market.admissions",
    "flsf.market.agreements",
    "flsf.market.listings",
    "flsf.market.others",
    "flsf.market.directory",
    "flsf.market.comments",
    "flsf.market.duties",
    "flsf.market.openings",
    "flsf.market.guides",
    "flsf.market.trainers",
    "flsf.market.feed",
    "flsf.casework.children",
    "flsf.casework.timetable",
    "flsf.casework.referrals",
    "flsf.casework.matching",
    "flsf.casework.competitions",
    "flsf.casework.calloffs",
    "flsf.delivery.placements",
    "flsf.delivery.continuity",
    "flsf.delivery.attendance",
    "flsf.delivery.outcomes",
    "flsf.money.payments",
    "flsf.oversight.concerns",
    "flsf.oversight.escalations",
    "flsf.oversight.reports",
    "flsf.oversight.meetings",
)

MODELS = [model for model in apps.get_models() if model.__module__.startswith("flsf.")]
LINKS = [
    field
    for model in MODELS
    for field in model._meta.get_fields()
    if field.is_relation and field.concrete
]


def stage(model):
    return model.__module__.removesuffix(".models")


def test_every_stage_with_tables_has_its_place_in_the_river():
    assert {stage(model) for model in MODELS} == set(RIVER)


@pytest.mark.parametrize("field", LINKS, ids=str)
def test_foreign_keys_point_upstream(field):
    assert RIVER.index(stage(field.related_model)) <= RIVER.index(stage(field.model))


@pytest.mark.parametrize("field", LINKS, ids=str)
def test_between_stages_there_is_no_way_back(field):
    crosses = stage(field.related_model) != stage(field.model)
    assert not crosses or field.remote_field.related_name == "+"


def test_the_record_of_what_was_done_has_no_foreign_keys():
    assert [field for field in LINKS if stage(field.model) == "flsf.shared.audit"] == []
