"""What people who work with children must have shown, by what they do (E25)."""

from datetime import date

from django.db import migrations

LEADER, TEACHER, MENTOR, THERAPIST, VOLUNTEER, GOVERNOR, OFFICE = (1 << n for n in range(7))
WITH_CHILDREN = LEADER | TEACHER | MENTOR | THERAPIST | VOLUNTEER
PAID = LEADER | TEACHER | MENTOR | THERAPIST | OFFICE
EVERYBODY = WITH_CHILDREN | GOVERNOR | OFFICE
FROM = date(2020, 1, 1)
KCSIE = "Keeping children safe in education, part three"

# code, name, roles, only if they lived abroad, months it lasts, source
ROWS = (
    ("identity", "Identity", EVERYBODY, False, None, KCSIE),
    ("dbs", "Enhanced DBS check", EVERYBODY & ~OFFICE, False, 36, f"{KCSIE}; renewal: house rule"),
    ("right-to-work", "Right to work in the UK", PAID, False, None, KCSIE),
    ("qualifications", "Qualifications", TEACHER | THERAPIST, False, None, KCSIE),
    ("prohibition", "Prohibition from teaching", TEACHER | LEADER, False, None, KCSIE),
    (
        "section-128",
        "Section 128 direction",
        LEADER | GOVERNOR,
        False,
        None,
        "Education and Skills Act 2008, section 128",
    ),
    ("overseas", "Checks abroad", WITH_CHILDREN, True, None, KCSIE),
    ("fitness", "Medical fitness", TEACHER | MENTOR | THERAPIST, False, None, KCSIE),
    ("references", "References", PAID | VOLUNTEER, False, None, KCSIE),
)


def add(apps, schema_editor):
    need = apps.get_model("market", "StaffNeed")
    for code, name, roles, abroad, months, source in ROWS:
        need.objects.create(
            code=code,
            name=name,
            roles_mask=roles,
            abroad_only=abroad,
            lasts_months=months,
            source=source,
            in_force_from=FROM,
        )


def remove(apps, schema_editor):
    apps.get_model("market", "StaffNeed").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("market", "0016_staff_and_told")]

    operations = [migrations.RunPython(add, remove)]
