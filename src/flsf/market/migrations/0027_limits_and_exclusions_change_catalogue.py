"""Who may be given a child changes with a visit and with what the debarment list says."""

from django.db import migrations

TABLES = (
    "market_condition", "market_visit", "market_listversion", "market_match", "market_case",
)


def trigger(table):
    return f"""
CREATE TRIGGER {table}_changes_catalogue
AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION market_catalogue_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("market", "0026_round_tellings")]

    operations = [
        migrations.RunSQL(trigger(table), f"DROP TRIGGER {table}_changes_catalogue ON {table}")
        for table in TABLES
    ]
