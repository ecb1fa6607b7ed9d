"""From where on a sign of how safe a provider's future is warns. Later ones are added, never
edited.
"""

from datetime import date

from django.db import migrations

HOUSE = "House rule, for cabinet report, paragraph 46: market sustainability"
# key, value, unit, in force from, words, source, what a seed document says instead
PROVISIONS = [
    (
        "signal-reliance", 1_500, "basis_points", date(2020, 1, 1),
        "We lean on a provider that has this share of all that we paid in twelve months",
        HOUSE, "",
    ),
    (
        "signal-dependence", 5_000, "basis_points", date(2020, 1, 1),
        "A provider leans on us if this share of its whole income comes from us",
        HOUSE, "",
    ),
    (
        "signal-fall", 2_500, "basis_points", date(2020, 1, 1),
        "A provider has lost work if it has fewer children than a year ago by this share",
        HOUSE, "",
    ),
    (
        "pay-within-days", 30, "calendar_days", date(2020, 1, 1),
        "A valid claim is paid within this many days beginning with the day it was received",
        "Procurement Act 2023, sections 68 and 88", "",
    ),
    (
        "signal-price-months", 24, "months", date(2020, 1, 1),
        "A price that has not changed for so many months may be one a provider cannot live on",
        HOUSE, "",
    ),
    (
        "signal-ended-early", 2_500, "basis_points", date(2020, 1, 1),
        "Of a provider's placements that ended in twelve months, so many ended early",
        HOUSE, "",
    ),
    (
        "signal-not-taking", 5_000, "basis_points", date(2020, 1, 1),
        "So many of a provider's services take no new children",
        HOUSE, "",
    ),
]


def add(apps, schema_editor):
    provision = apps.get_model("mandate", "Provision")
    provision.objects.bulk_create(
        provision(
            key=key, value=value, unit=unit, in_force_from=day, words=words, source=source,
            seed_says=seed,
        )
        for key, value, unit, day, words, source, seed in PROVISIONS
    )


def remove(apps, schema_editor):
    apps.get_model("mandate", "Provision").objects.filter(
        key__in=[row[0] for row in PROVISIONS]
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("mandate", "0030_meeting_provisions")]

    operations = [migrations.RunPython(add, remove)]
