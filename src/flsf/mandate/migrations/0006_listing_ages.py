"""How long a listing may stand unconfirmed before its provider is asked, and before it goes."""

from datetime import date

from django.db import migrations

ROWS = (
    ("listing-prompt-days", 90, "Days after which a provider is asked whether a listing is still right"),
    ("listing-taken-down-days", 365, "Days after which an unconfirmed listing is no longer public"),
)


def add(apps, schema_editor):
    apps.get_model("mandate", "Provision").objects.bulk_create(
        apps.get_model("mandate", "Provision")(
            key=key,
            value=value,
            unit="calendar_days",
            in_force_from=date(2015, 4, 1),
            words=words,
            source="House rule, so that the Local Offer is kept up to date (SI 2014/1530 reg 53)",
            seed_says="",
        )
        for key, value, words in ROWS
    )


def remove(apps, schema_editor):
    keys = [key for key, *_ in ROWS]
    apps.get_model("mandate", "Provision").objects.filter(key__in=keys).delete()


class Migration(migrations.Migration):
    dependencies = [("mandate", "0005_house_rules_hold_from_2020")]

    operations = [migrations.RunPython(add, remove)]
