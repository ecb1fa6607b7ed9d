"""How soon a child's place is decided on, and how long a provider has to put things right."""

from datetime import date

from django.db import migrations

ROWS = (
    (
        "continuity-days",
        2,
        "Working days in which somebody decides whether a child stays, after a check of the "
        "provider lapsed or it was suspended",
        "House rule: peers' re-check calendar, live placements reviewed within two working days",
    ),
    (
        "action-plan-days",
        20,
        "Working days a provider has to carry out an action plan",
        "House rule, after the ladders that councils publish",
    ),
    (
        "reply-days",
        10,
        "Working days a provider has to reply before the next step is taken",
        "House rule: the right to reply at every step",
    ),
)


def add(apps, schema_editor):
    provision = apps.get_model("mandate", "Provision")
    for key, value, words, source in ROWS:
        provision.objects.create(
            key=key,
            value=value,
            unit="working_days",
            in_force_from=date(2020, 1, 1),
            words=words,
            source=source,
            seed_says="",
        )


def remove(apps, schema_editor):
    keys = [key for key, *_ in ROWS]
    apps.get_model("mandate", "Provision").objects.filter(key__in=keys).delete()


class Migration(migrations.Migration):
    dependencies = [("mandate", "0006_listing_ages")]

    operations = [migrations.RunPython(add, remove)]
