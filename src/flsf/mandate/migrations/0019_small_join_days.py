"""Within how many days a small provider is to have joined. Later ones are added, never edited."""

from datetime import date

from django.db import migrations

# key, value, unit, in force from, words, source, what a seed document says instead
PROVISIONS = [
    (
        "small-join-days", 30, "working_days", date(2020, 1, 1),
        "A small provider is to have its decision within so many working days of beginning its "
        "application; those on which it is asked do not count",
        "House rule: ten working days to write, twenty to decide", "",
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
    dependencies = [("mandate", "0018_first_visit_days")]

    operations = [migrations.RunPython(add, remove)]
