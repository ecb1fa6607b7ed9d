"""Who may be given a child changes with who is a party to an agreement."""

from django.db import migrations

TABLES = ("market_agreement", "market_acceptance", "market_reply")


def trigger(table):
    return f"""
CREATE TRIGGER {table}_changes_catalogue
AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION market_catalogue_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("market", "0032_earlier_decisions")]

    operations = [
        migrations.RunSQL(trigger(table), f"DROP TRIGGER {table}_changes_catalogue ON {table}")
        for table in TABLES
    ]
