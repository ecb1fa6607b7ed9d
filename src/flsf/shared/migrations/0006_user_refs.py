from django.db import migrations, models

import flsf.shared.accounts.models
from flsf.core.refs import new_ref


def give_refs(apps, schema_editor):
    User = apps.get_model("shared", "User")
    for user in User.objects.filter(ref=None):
        user.ref = new_ref("U")
        user.save(update_fields=["ref"])


class Migration(migrations.Migration):
    """People have a reference, for addresses carry no names and no counted numbers."""

    dependencies = [("shared", "0005_links_in_full_and_uploads")]
    operations = [
        migrations.AddField("user", "ref", models.CharField(max_length=12, null=True)),
        migrations.RunPython(give_refs, migrations.RunPython.noop),
        migrations.AlterField(
            "user",
            "ref",
            models.CharField(
                default=flsf.shared.accounts.models.new_user_ref, max_length=12, unique=True
            ),
        ),
    ]
