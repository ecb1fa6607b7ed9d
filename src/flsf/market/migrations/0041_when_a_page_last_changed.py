from django.db import migrations, models


class Migration(migrations.Migration):
    """A listing made before has the day on which it was last confirmed: no later day is known."""

    dependencies = [("market", "0040_guidance_that_came_with_it")]

    operations = [
        migrations.AddField(
            model_name="provider", name="changed_on", field=models.DateField(null=True)
        ),
        migrations.AddField(
            model_name="listing",
            name="said_sha256",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="listing", name="changed_on", field=models.DateField(null=True)
        ),
        migrations.AddField(
            model_name="otherservice", name="changed_on", field=models.DateField(null=True)
        ),
        migrations.RunSQL(
            "UPDATE market_listing SET changed_on = confirmed_on",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "UPDATE market_otherservice SET changed_on = coalesce(taken_off_on, checked_on)",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="listing", name="changed_on", field=models.DateField()
        ),
        migrations.AlterField(
            model_name="otherservice", name="changed_on", field=models.DateField()
        ),
    ]
