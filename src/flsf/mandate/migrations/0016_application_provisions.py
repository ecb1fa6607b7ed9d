"""Within how many days an application is answered. Later ones are added, never edited."""

from datetime import date

from django.db import migrations

# key, value, unit, in force from, words, source, what a seed document says instead
PROVISIONS = [
    (
        "acknowledge-application-days", 2, "working_days", date(2020, 1, 1),
        "Whoever sends an application is told within so many working days that it came",
        "House rule: what peer councils promise", "",
    ),
    (
        "decide-application-days", 20, "working_days", date(2020, 1, 1),
        "An application is decided within so many working days, the day after it was sent the "
        "first; those on which the applicant is asked do not count",
        "House rule: what peer councils promise", "",
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
    dependencies = [("mandate", "0015_exclusion_provisions")]

    operations = [migrations.RunPython(add, remove)]
