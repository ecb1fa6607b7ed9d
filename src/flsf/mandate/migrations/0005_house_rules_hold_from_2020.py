"""House rules hold for the years that councils bring with them too, not from 2026 on only."""

from datetime import date

from django.db import migrations

HOUSE_RULES = ("late-mark-days", "ceiling-warning", "offer-wait-days")
WAS, IS = date(2026, 4, 1), date(2020, 1, 1)


def move(before, after):
    def run(apps, schema_editor):
        apps.get_model("mandate", "Provision").objects.filter(
            key__in=HOUSE_RULES, in_force_from=before
        ).update(in_force_from=after)

    return run


class Migration(migrations.Migration):
    dependencies = [("mandate", "0004_lot_versions")]

    operations = [migrations.RunPython(move(WAS, IS), move(IS, WAS))]
