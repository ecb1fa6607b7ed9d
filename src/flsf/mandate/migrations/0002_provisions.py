"""The numbers the law sets, as known in November 2026. Later ones are added, never edited."""

from datetime import date

from django.db import migrations

ACT = "Procurement Act 2023"

# key, value, unit, in force from, words, source, what a seed document says instead
PROVISIONS = [
    (
        "light-touch-threshold", 66354000, "pence", date(2024, 1, 1),
        "A light-touch contract worth this much or more, VAT included, is a public contract",
        f"{ACT}, Schedule 1, row 8; unchanged on 1 January 2026",
        "Cabinet report, paragraph 30: 663,000",
    ),
    (
        "details-notice-threshold", 3000000, "pence", date(2025, 2, 24),
        "A call-off worth this much or more, VAT included, needs a contract details notice",
        f"{ACT}, section 87(3)", "",
    ),
    (
        "framework-most-years", 8, "years", date(2025, 2, 24),
        "The longest a framework may run, extensions included",
        "Cabinet report, 29 January 2026, paragraph 4", "",
    ),
    (
        "sixth-school-day", 6, "school_days", date(2012, 9, 1),
        "Education must be arranged from this school day after a permanent exclusion",
        "Education Act 1996, section 19; SI 2007/1870", "",
    ),
    (
        "health-needs-days", 15, "school_days", date(2013, 1, 1),
        "School days away through illness, together or apart, after which the council acts",
        "Arranging education for children who cannot attend school because of health needs", "",
    ),
    (
        "full-time-hours", 18, "hours_a_week", date(2018, 1, 1),
        "More hours a week than this with one provider count as full-time education",
        "Department for Education, unregistered independent schools", "",
    ),
    (
        "full-time-warning-hours", 15, "hours_a_week", date(2018, 1, 1),
        "From this many hours a week with one provider, an officer is warned",
        "House rule beside the 18-hour reading", "",
    ),
    (
        "unregistered-most-children", 5, "children", date(2015, 1, 5),
        "Full-time education for this many children of school age makes a school",
        "Education and Skills Act 2008, section 92; Education Act 1996, section 463", "",
    ),
    (
        "oldest-age", 25, "years", date(2014, 9, 1),
        "Support can be asked for until the young person is this old",
        "Children and Families Act 2014, section 46", "",
    ),
    (
        "late-mark-days", 7, "calendar_days", date(2026, 4, 1),
        "A session marked later than this many days after it needs a reason", "House rule", "",
    ),
    (
        "unexplained-absence-days", 5, "school_days", date(2024, 8, 19),
        "An absence not yet explained must be settled within this many school days",
        "SI 2024/208, regulation 10(7) to (9)", "",
    ),
    (
        "ceiling-warning", 8000, "basis_points", date(2026, 4, 1),
        "Officers are warned when call-offs reach this share of the framework's ceiling",
        "House rule", "",
    ),
    (
        "offer-wait-days", 15, "school_days", date(2026, 4, 1),
        "A child who has waited longer than this without an offer is shown as waiting too long",
        "House rule after the fifteen-day duty", "",
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
    dependencies = [("mandate", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
