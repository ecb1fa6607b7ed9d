"""The statutory guidance that holds when the product is set up, and the groups of the checks."""

from datetime import date

from django.db import migrations

# subject, edition, in force from, source. Where only the month is told its first day stands.
EDITIONS = [
    ("kcsie", "September 2024", date(2024, 9, 1), "GOV.UK, Department for Education"),
    ("kcsie", "September 2025", date(2025, 9, 1), "GOV.UK, Department for Education"),
    ("working-together", "2023", date(2023, 12, 15), "GOV.UK, Department for Education"),
    ("alternative-provision", "February 2025", date(2025, 2, 1), "GOV.UK, Department for Education"),
    ("send-code", "January 2015", date(2015, 4, 1), "SI 2015/893, article 2"),
    ("attendance", "August 2024", date(2024, 8, 19), "GOV.UK, Department for Education"),
]
GROUPS = {
    "safeguarding": ["safeguarding-lead"],
    "policies": [
        "safeguarding-policy",
        "health-and-safety",
        "risk-assessments",
        "first-aid",
        "complaints",
        "data-protection",
    ],
    "staff": ["dbs", "staff-record", "section-128", "safer-recruitment", "qualified-staff"],
    "guidance": ["attendance", "baseline", "programme"],
}


def add(apps, schema_editor):
    edition = apps.get_model("market", "GuidanceEdition")
    edition.objects.bulk_create(
        edition(subject=subject, edition=name, in_force_from=day, source=source)
        for subject, name, day, source in EDITIONS
    )
    check = apps.get_model("market", "Check")
    for group, codes in GROUPS.items():
        check.objects.filter(code__in=codes).update(group=group)


def remove(apps, schema_editor):
    apps.get_model("market", "GuidanceEdition").objects.filter(added_at=None).delete()


class Migration(migrations.Migration):
    dependencies = [("market", "0039_policy_and_guidance_reviews")]

    operations = [migrations.RunPython(add, remove)]
