"""A request for a child with an open referral joins it, under a reference of its own."""

from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# J2 promises whoever asks an answer; the promise is a number like any other.
PROMISE = {
    "key": "tell-family-days",
    "value": 5,
    "unit": "working_days",
    "in_force_from": date(2012, 9, 1),
    "words": "Whoever asks for support is told within this many working days what happens next",
    "source": "House rule: the promise made on the page where families ask",
}


def promise(apps, schema_editor):
    apps.get_model("mandate", "Provision").objects.create(**PROMISE)


def take_back(apps, schema_editor):
    apps.get_model("mandate", "Provision").objects.filter(key=PROMISE["key"]).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_bookings_take_places'),
        ('mandate', '0002_provisions'),
        ('shared', '0003_postcodes_without_a_place'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(promise, take_back),
        migrations.AddField(
            model_name='note',
            name='needs_reading',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='note',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.organisation'),
        ),
        migrations.AddField(
            model_name='note',
            name='ref',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='note',
            name='sent_once_key',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='note',
            name='status_key_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.UniqueConstraint(condition=models.Q(('ref', ''), _negated=True), fields=('ref',), name='note_ref_once'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.UniqueConstraint(condition=models.Q(('sent_once_key', ''), _negated=True), fields=('sent_once_key',), name='note_sent_once'),
        ),
    ]
