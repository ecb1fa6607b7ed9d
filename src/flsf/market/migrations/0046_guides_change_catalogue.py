"""Guides are looked for beside services, in memory too, so their changes have to be noticed."""

from django.db import migrations

TABLES = ("market_guide", "market_guideversion", "market_guidereview")


def trigger(table):
    return f"""
CREATE TRIGGER {table}_changes_catalogue
AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION market_catalogue_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("market", "0045_promises_and_climate_plans")]

    operations = [
        migrations.RunSQL(trigger(table), f"DROP TRIGGER {table}_changes_catalogue ON {table}")
        for table in TABLES
    ]
