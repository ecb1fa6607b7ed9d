"""The numbers that the commercial models and the challenge register ask for."""

from datetime import date

from django.db import migrations, models

ACT = "Procurement Act 2023"
BEGAN = date(2020, 1, 1)  # so that a framework taken in from before the Act can be asked about
SEED = "Cabinet report, paragraph 47: three months from first publication of the tender"

# key, value, unit, in force from, words, source, what a seed document says instead
PROVISIONS = [
    (
        "open-framework-most-years", 8, "years", BEGAN,
        "The longest an open framework's whole scheme may run", f"{ACT}, section 49", "",
    ),
    (
        "open-framework-first-years", 3, "years", BEGAN,
        "An open framework reopens for the first time within this many years",
        f"{ACT}, section 49", "",
    ),
    (
        "open-framework-next-years", 5, "years", BEGAN,
        "After that an open framework reopens at least once in this many years",
        f"{ACT}, section 49", "",
    ),
    (
        "details-notice-days", 120, "calendar_days", BEGAN,
        "A light-touch contract details notice (UK7) is published within this many days",
        f"{ACT}, section 53", "",
    ),
    (
        "termination-notice-days", 30, "calendar_days", BEGAN,
        "A contract termination notice (UK11) is published within this many days",
        f"{ACT}, section 80", "",
    ),
    (
        "challenge-days", 30, "calendar_days", BEGAN,
        "A provider may challenge within this many days of when it knew or ought to have known",
        f"{ACT}, section 106", SEED,
    ),
    (
        "challenge-most-months", 3, "months", BEGAN,
        "A court may lengthen the time for a challenge to this many months at most",
        f"{ACT}, section 106", "",
    ),
    (
        "challenge-seed-months", 3, "months", BEGAN,
        "The challenge window as the cabinet report counts it, from first publication",
        "Cabinet report, paragraph 47", "",
    ),
    (
        "set-aside-most-months", 6, "months", BEGAN,
        "Without a details notice a contract may be set aside for this many months",
        f"{ACT}, sections 105 and 106", "",
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
    dependencies = [("mandate", "0010_rounds")]

    operations = [
        migrations.AlterField(
            model_name="provision",
            name="unit",
            field=models.CharField(
                choices=[
                    ("pence", "pence"),
                    ("school_days", "school days"),
                    ("working_days", "working days"),
                    ("calendar_days", "calendar days"),
                    ("hours_a_week", "hours a week"),
                    ("children", "children"),
                    ("years", "years"),
                    ("months", "months"),
                    ("basis_points", "hundredths of a per cent"),
                    ("count", ""),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(add, remove),
    ]
