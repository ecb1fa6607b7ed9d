"""What the regulations want published in a Local Offer, in plain words and in their order."""

from datetime import date

from django.db import migrations

SCHEDULE = "SEND Regulations 2014 (SI 2014/1530), Schedule 2"
IN_FORCE_FROM = date(2014, 9, 1)

# A paragraph is named where we have read it; the others are of the same Schedule.
DUTIES = (
    ("Support in early years places, schools and colleges here", "paragraph 1"),
    ("Support in pupil referral units and alternative provision academies", "paragraph 1"),
    ("Support from those the council pays to help", "paragraph 1"),
    ("Support in schools and colleges outside our area", "paragraph 2"),
    ("How support is paid for", "paragraph 3"),
    ("How needs are found, and how parents and young people are asked", ""),
    ("How children are taught, and how lessons and rooms are changed for them", "paragraph 5"),
    ("How it is judged whether a child gets on", "paragraph 5"),
    ("How children can use the buildings, and join in what happens after lessons", "paragraph 5"),
    ("Training and apprenticeships, and who gives them", ""),
    ("Help to get ready for adult life: work, home and friends", ""),
    ("Help in higher education", ""),
    ("Health care, and how to get it", ""),
    ("Social care and short breaks, and how to get them", ""),
    ("Travel to school, college and early years places", ""),
    ("Where parents find advice, and their forums", "paragraph 15"),
    ("Who can have what: the rules that decide", ""),
    ("How to complain", "paragraph 17"),
    ("How to ask for an education, health and care needs assessment", ""),
    ("How to ask for a personal budget", ""),
    ("The list of special colleges and schools approved under section 41", ""),
    ("How to settle a disagreement: mediation and others who help", ""),
    ("How to appeal to the Tribunal", ""),
)


def add(apps, schema_editor):
    apps.get_model("market", "Duty").objects.bulk_create(
        apps.get_model("market", "Duty")(
            number=number,
            words=words,
            source=f"{SCHEDULE}, {paragraph}" if paragraph else SCHEDULE,
            in_force_from=IN_FORCE_FROM,
        )
        for number, (words, paragraph) in enumerate(DUTIES, 1)
    )


def remove(apps, schema_editor):
    apps.get_model("market", "Duty").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("market", "0013_local_offer")]

    operations = [migrations.RunPython(add, remove)]
