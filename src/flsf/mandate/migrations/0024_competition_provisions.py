"""The numbers by which competitions are held. Later ones are added, never edited."""

from datetime import date

from django.db import migrations, models

SINCE = date(2020, 1, 1)
RULES = (
    "House rule: the published call-off rules (mini-competitions of English councils' frameworks "
    "weigh quality 60 to 80 and price 20 to 40)"
)
WINDOWS = "House rule: the published call-off rules. The law sets no least period for light touch"

# key, value, unit, in force from, words, source, what a seed document says instead
PROVISIONS = [
    (
        "competition-quality-least", 6000, "basis_points", SINCE,
        "In a competition quality counts at least so much", RULES, "",
    ),
    (
        "competition-quality-most", 8000, "basis_points", SINCE,
        "In a competition quality counts at most so much", RULES, "",
    ),
    (
        "competition-price-least", 2000, "basis_points", SINCE,
        "In a competition price counts at least so much", RULES, "",
    ),
    (
        "competition-price-most", 4000, "basis_points", SINCE,
        "In a competition price counts at most so much", RULES, "",
    ),
    (
        "competition-urgent-hours", 48, "hours", SINCE,
        "Providers have so many hours to bid when it is urgent, those of days that are not "
        "working days left out", WINDOWS, "",
    ),
    (
        "competition-days", 5, "working_days", SINCE,
        "Providers have so many working days to bid, beginning with the day after publication",
        WINDOWS, "",
    ),
    (
        "competition-threshold", 3, "count", SINCE,
        "A bid is taken only if every criterion scores at least so much of five",
        "House rule: a written answer passes with three of five, as at admission", "",
    ),
    (
        "abnormally-low", 7000, "basis_points", SINCE,
        "A price below this share of the mean of the others, or of the provider's own rate card "
        "where it is the only bid, is asked about before it is taken",
        "Procurement Act 2023, section 19(3) to (5), which sets no share: a house rule", "",
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


UNITS = [
    ("pence", "pence"), ("school_days", "school days"), ("working_days", "working days"),
    ("calendar_days", "calendar days"), ("hours_a_week", "hours a week"), ("hours", "hours"),
    ("children", "children"), ("years", "years"), ("months", "months"),
    ("basis_points", "hundredths of a per cent"), ("count", ""),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("mandate", "0023_delegations")]

    operations = [
        migrations.AlterField(
            model_name="provision",
            name="unit",
            field=models.CharField(choices=UNITS, max_length=20),
        ),
        migrations.RunPython(add, remove),
    ]
