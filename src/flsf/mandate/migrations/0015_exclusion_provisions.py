"""The clocks of exclusions. Later ones are added, never edited."""

from datetime import date

from django.db import migrations

# key, value, unit, in force from, words, source, what a seed document says instead
PROVISIONS = [
    (
        "representation-days", 10, "working_days", date(2020, 1, 1),
        "A supplier has this many working days to answer before it is decided to exclude it",
        "House rule; Procurement Act 2023, sections 48 and 58: a reasonable opportunity", "",
    ),
    (
        "minister-notice-days", 30, "calendar_days", date(2020, 1, 1),
        "The Minister is told of an exclusion within so many days, the day itself the first",
        "Procurement Act 2023, section 59", "",
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
    dependencies = [("mandate", "0014_governance")]

    operations = [migrations.RunPython(add, remove)]
