"""How often we meet a provider about the contract. Later ones are added, never edited."""

from datetime import date

from django.db import migrations

HOUSE = "House rule, for cabinet report, paragraph 46: ongoing contract management"
# key, value, unit, in force from, words, source, what a seed document says instead
PROVISIONS = [
    (
        "meeting-close-months", 3, "months", date(2020, 1, 1),
        "A provider that is paid most, or about which something grave is known, is met about the "
        "contract at least every so many months",
        HOUSE, "",
    ),
    (
        "meeting-middle-months", 6, "months", date(2020, 1, 1),
        "A provider that is paid much, or about which something is to be put right, is met about "
        "the contract at least every so many months",
        HOUSE, "",
    ),
    (
        "meeting-usual-months", 12, "months", date(2020, 1, 1),
        "Every other provider is met about the contract at least every so many months",
        HOUSE, "",
    ),
    (
        "meeting-large-pence", 25_000_000, "pence", date(2020, 1, 1),
        "A provider paid so much in twelve months, with VAT, is among those that are paid most",
        HOUSE, "",
    ),
    (
        "meeting-middle-pence", 5_000_000, "pence", date(2020, 1, 1),
        "A provider paid so much in twelve months, with VAT, is among those that are paid much",
        HOUSE, "",
    ),
    (
        "meeting-fresh-days", 28, "calendar_days", date(2020, 1, 1),
        "When something new asks for a meeting sooner, it is held within this many days",
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
    dependencies = [("mandate", "0029_tendered_again")]

    operations = [migrations.RunPython(add, remove)]
