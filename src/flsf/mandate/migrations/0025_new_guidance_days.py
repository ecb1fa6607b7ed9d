"""How soon what rests on guidance is judged anew. Later ones are added, never edited."""

from datetime import date

from django.db import migrations

# key, value, unit, in force from, words, source, what a seed document says instead
PROVISIONS = [
    (
        "new-guidance-days", 30, "calendar_days", date(2020, 1, 1),
        "When guidance holds in a new edition, what rests on it is judged anew within this many days",
        "House rule: in September, when Keeping children safe in education is issued anew", "",
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
    dependencies = [("mandate", "0024_competition_provisions")]

    operations = [migrations.RunPython(add, remove)]
