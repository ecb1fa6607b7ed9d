"""The third published rules: those before, and one more by which a service is left out."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib import import_module

from django.db import migrations

SECOND = import_module("flsf.casework.migrations.0007_rules_of_limits_and_exclusion").CONTENT

AGREEMENT = {
    "id": "agreement",
    "means": "Its provider is a party to a framework agreement for this kind of support",
    "why": "Procurement Act 2023, section 45: a call-off is made under a framework",
    "for_family": "It cannot take new children now.",
    "for_staff": "No framework agreement with its provider for this lot",
    "may_be_set_aside": False,
}


def with_agreement(rules_before):
    made = deepcopy(rules_before)
    made["rules"].append(deepcopy(AGREEMENT))
    return made


CONTENT = with_agreement(SECOND)


def add(apps, schema_editor):
    """A council that has published rules of its own keeps them, with this one besides."""
    rule_set = apps.get_model("casework", "RuleSet")
    latest = rule_set.objects.order_by("-version").first()
    content = with_agreement(latest.content)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    rule_set.objects.create(
        version=latest.version + 1,
        in_force_from=max(date(2026, 5, 8), latest.in_force_from),
        content=content,
        sha256=sha256(text.encode()).hexdigest(),
        published_at=datetime(2026, 5, 8, tzinfo=UTC),
    )


def remove(apps, schema_editor):
    rule_set = apps.get_model("casework", "RuleSet")
    latest = rule_set.objects.order_by("-version").first()
    if any(one["id"] == "agreement" for one in latest.content["rules"]):
        latest.delete()


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_rules_of_limits_and_exclusion")]

    operations = [migrations.RunPython(add, remove)]
