"""How many missed sessions in a row are still paid."""

from datetime import date

from django.db import migrations

KEY = "paid-absences-in-a-row"


def add(apps, schema_editor):
    apps.get_model("mandate", "Provision").objects.create(
        key=KEY,
        value=3,
        unit="count",
        in_force_from=date(2015, 4, 1),
        words="Sessions in a row that a child is not able to attend and the provider is still paid",
        source="House rule after the terms councils publish; each council sets its own number",
        seed_says="",
    )


def remove(apps, schema_editor):
    apps.get_model("mandate", "Provision").objects.filter(key=KEY).delete()


class Migration(migrations.Migration):
    dependencies = [("mandate", "0002_provisions")]

    operations = [migrations.RunPython(add, remove)]
