"""The first published rules for choosing services. Later versions are added, never edited."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

from django.db import migrations

P24 = "Procurement Act 2023, section 23(6)"

# id, what it means, why, for a family, for staff, may an officer set it aside with a reason
RULES = [
    (
        "lot", "It gives the kind of support that was asked for",
        "The published call-off method",
        "This is a different kind of support.",
        "In another lot than was asked for", True,
    ),
    (
        "admitted", "The provider is in the pool of the lot and the framework is running, today and on the "
        "first day",
        "Cabinet report, paragraph 24; Procurement Act 2023, section 45(6)",
        "The council has not approved it for this yet, or has paused it.",
        "Not in the pool today and on the day wanted", False,
    ),
    (
        "checks", "Every check of the provider is in date, today and on the first day",
        "Keeping children safe in education; DfE voluntary national standards, August 2025",
        "Some of its safety checks need renewing first.",
        "A check is not in date", False,
    ),
    (
        "open", "It takes new children on the first day",
        "The provider's own word",
        "It is full, or has closed to new children.",
        "Full, or closed to new children", False,
    ),
    (
        "age", "It works with children of this age, and the lot is for them",
        "The lot's age range; the provider's own word",
        "It is for children of other ages.",
        "For other ages", True,
    ),
    (
        "need", "It meets the main need, or one of the needs where no main need is given",
        f"{P24}: the different needs of recipients",
        "It does not help with this kind of need.",
        "Does not meet the main need", True,
    ),
    (
        "mode", "It is given in one of the ways that were asked for",
        f"{P24}: the views of the child and those who care for them",
        "It does not happen in the way you asked for.",
        "Given in another way than was asked for", True,
    ),
    (
        "half-days", "It has enough places free in the half-days asked for, on every day of the "
        "first 12 weeks",
        "The provider's own word, less the places already promised",
        "It has no place free at those times.",
        "Not enough places free in the half-days asked for", True,
    ),
    (
        "start", "It can start by the day wanted",
        "The provider's own word: the first day possible and school days of notice",
        "It cannot start soon enough.",
        "Cannot start by the day wanted", True,
    ),
    (
        "distance", "It is no further than was asked for, in a straight line. Where the distance "
        "is not known nobody is left out for it",
        f"{P24}: proximity",
        "It is further away than you asked for.",
        "Further than was asked for", True,
    ),
    (
        "price", "It has a price on the first day, and no more than the lot's cap",
        "The lot's price cap",
        "We cannot agree its price.",
        "No price, or above the lot's cap", False,
    ),
    (
        "access", "It has everything the child needs to take part",
        "Equality Act 2010, section 20",
        "It does not have what your child needs to take part.",
        "Lacks what the child needs to take part", True,
    ),
    (
        "registration", "It would not make a school of a provider that is not registered as one",
        "Education and Skills Act 2008, section 92; Education Act 1996, section 463; more than 18 "
        "hours a week is full time",
        "The law does not let it teach your child for so many hours.",
        "Full-time education with an unregistered provider", False,
    ),
]

# id, weight, what points are given for, why
TERMS = [
    (
        "need-fit", 40, "The share of the child's needs that it meets",
        f"{P24}: the different needs of recipients",
    ),
    (
        "start", 20, "Starting soon: all the points for today, 250 fewer for each day after",
        "Education Act 1996, section 19",
    ),
    (
        "distance", 20, "Being near: all the points next door or where nobody travels, none from "
        "20 kilometres, half where we do not know",
        f"{P24}: proximity; cabinet report, paragraph 25",
    ),
    (
        "price", 10, "Price: all the points for the lowest in the lot, half for twice as much",
        "Procurement Act 2023, section 12(1)(a): value for money",
    ),
    (
        "group", 10, "Small groups: all the points for one to one, half for groups of two",
        "House rule",
    ),
]

TIES = [
    "The one that meets more of the child's needs comes first",
    "Then a provider based in the borough (cabinet report, paragraph 25)",
    "Then the one that can start earlier",
    "Then by a rotation that differs for each request, so that nobody is always first",
]

CONTENT = {
    "rules": [
        {
            "id": one, "means": means, "why": why, "for_family": family, "for_staff": staff,
            "may_be_set_aside": aside,
        }
        for one, means, why, family, staff, aside in RULES
    ],
    "terms": [
        {"id": one, "weight": weight, "means": means, "why": why}
        for one, weight, means, why in TERMS
    ],
    "ties": TIES,
    "settings": {
        "far_metres": 20_000,
        "unknown_distance_points": 5_000,
        "points_a_day_waited": 250,
        "weeks_looked_at": 12,
    },
}


def add(apps, schema_editor):
    text = json.dumps(CONTENT, sort_keys=True, separators=(",", ":"))
    apps.get_model("casework", "RuleSet").objects.create(
        version=1,
        in_force_from=date(2026, 4, 1),
        content=CONTENT,
        sha256=sha256(text.encode()).hexdigest(),
        published_at=datetime(2026, 4, 1, tzinfo=UTC),
    )


def remove(apps, schema_editor):
    apps.get_model("casework", "RuleSet").objects.filter(version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_requests_that_join")]

    operations = [migrations.RunPython(add, remove)]
