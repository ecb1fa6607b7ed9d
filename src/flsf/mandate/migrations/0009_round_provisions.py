"""The numbers that rounds ask for. Later ones are added, never edited."""

from datetime import date

from django.db import migrations

# key, value, unit, in force from, words, source, what a seed document says instead
PROVISIONS = [
    (
        "standstill-least-days", 8, "working_days", date(2020, 1, 1),
        "A standstill that is stated lasts at least this many working days",
        "Procurement Act 2023, section 51", "",
    ),
    (
        "round-decide-days", 20, "working_days", date(2020, 1, 1),
        "Applications of a round are decided within this many working days of its last day",
        "House rule", "",
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
    dependencies = [("mandate", "0008_applicants")]

    operations = [migrations.RunPython(add, remove)]
