"""How long providers have to tender when an open framework reopens. Later ones are added."""

from datetime import date

from django.db import migrations

# key, value, unit, in force from, words, source, what a seed document says instead
PROVISIONS = [
    (
        "reopening-most-days",
        28,
        "calendar_days",
        date(2020, 1, 1),
        "Providers have at most so many days to tender when an open framework reopens, the first "
        "and the last counted; the same for everybody",
        "House rule: the law sets no time to tender for light touch, but it must be reasonable "
        "(Procurement Act 2023, section 54)",
        "Up to 4 weeks (cabinet report, paragraph 30(1))",
    ),
]


def add(apps, schema_editor):
    provision = apps.get_model("mandate", "Provision")
    provision.objects.bulk_create(
        provision(
            key=key,
            value=value,
            unit=unit,
            in_force_from=day,
            words=words,
            source=source,
            seed_says=seed,
        )
        for key, value, unit, day, words, source, seed in PROVISIONS
    )


def remove(apps, schema_editor):
    apps.get_model("mandate", "Provision").objects.filter(
        key__in=[row[0] for row in PROVISIONS]
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("mandate", "0026_policy_drivers")]

    operations = [migrations.RunPython(add, remove)]
