"""For how many years evidence may hold at most. Later ones are added, never edited."""

from datetime import date

from django.db import migrations

# key, value, unit, in force from, words, source, what a seed document says instead
PROVISIONS = [
    (
        "evidence-most-years", 3, "years", date(2020, 1, 1),
        "Evidence of a check holds at most so many years from the day it is recorded, or from "
        "its first day where that comes later; then it is looked at again",
        "House rule: the longest any check usually holds is a first aid certificate, three years "
        "(Health and Safety Executive, first aid guidance L74)", "",
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
    dependencies = [("mandate", "0021_measures_of_performance")]

    operations = [migrations.RunPython(add, remove)]
