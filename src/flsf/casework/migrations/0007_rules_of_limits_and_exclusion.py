"""The second published rules: the first, and two more by which a service is left out."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib import import_module

from django.db import migrations

FIRST = import_module("flsf.casework.migrations.0004_published_rules").CONTENT

# To a family or a school these two are one: why a provider takes nobody is not theirs to know.
NOT_NOW = "It cannot take new children now."

MORE = [
    {
        "id": "limit",
        "means": "With this child its provider has no more children than it was admitted with "
        "until our first visit",
        "why": "The decision to admit its provider; a house rule",
        "for_family": "It takes no more children until our first visit.",
        "for_staff": "Takes no more children until our first visit",
        "may_be_set_aside": False,
    },
    {
        "id": "barred",
        "means": "Its provider is not excluded from public contracts, and there is nobody with "
        "its name on the debarment list of whom nobody has said yet whether it is them",
        "why": "Procurement Act 2023, sections 45(6) and 57",
        "for_family": NOT_NOW,
        "for_staff": "Nothing may be awarded to its provider now",
        "may_be_set_aside": False,
    },
]


def with_more(rules_before):
    made = deepcopy(rules_before)
    for one in made["rules"]:
        if one["id"] == "open":
            one["for_family"] = NOT_NOW
    made["rules"] += deepcopy(MORE)
    return made


CONTENT = with_more(FIRST)


def add(apps, schema_editor):
    """A council that has published rules of its own keeps them, with these two besides."""
    rule_set = apps.get_model("casework", "RuleSet")
    latest = rule_set.objects.order_by("-version").first()
    content = with_more(latest.content)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    rule_set.objects.create(
        version=latest.version + 1,
        in_force_from=max(date(2026, 5, 1), latest.in_force_from),
        content=content,
        sha256=sha256(text.encode()).hexdigest(),
        published_at=datetime(2026, 5, 1, tzinfo=UTC),
    )


def remove(apps, schema_editor):
    rule_set = apps.get_model("casework", "RuleSet")
    rule_set.objects.filter(version__gt=1, published_by=None).delete()


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_family_checks")]

    operations = [migrations.RunPython(add, remove)]
