"""A question to an applicant has a last day, and may be closed after it without an answer."""

from datetime import timedelta

from django.db import migrations, models
from django.db.models import Q

A_WEEK = timedelta(days=7)


def give_a_last_day(apps, schema_editor):
    """Whoever was asked before had no last day: from now on it is a week after the asking."""
    clarification = apps.get_model("market", "Clarification")
    for one in clarification.objects.all():
        one.answer_by = one.asked_at.date() + A_WEEK
        one.save(update_fields=["answer_by"])


class Migration(migrations.Migration):
    dependencies = [("market", "0024_exclusions")]

    operations = [
        migrations.AddField("clarification", "answer_by", models.DateField(null=True)),
        migrations.AddField("clarification", "closed_because", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunPython(give_a_last_day, migrations.RunPython.noop),
        migrations.AlterField("clarification", "answer_by", models.DateField()),
        migrations.RemoveConstraint("clarification", "clarification_answered_whole"),
        migrations.AddConstraint(
            "clarification",
            models.CheckConstraint(
                name="clarification_answered_whole",
                condition=Q(answered_at=None, answered_by=None, answer="", closed_because="")
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False)
                    & (
                        (~Q(answer="") & Q(closed_because=""))
                        | (Q(answer="") & ~Q(closed_because=""))
                    )
                ),
            ),
        ),
    ]
