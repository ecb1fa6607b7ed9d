"""A lot's terms and the framework's dates decide what is matched and listed too."""

from django.db import migrations

TABLES = ("mandate_lot", "mandate_framework")


def trigger(table):
    return f"""
CREATE TRIGGER {table}_changes_catalogue
AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION market_catalogue_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("market", "0003_admission_reason"), ("mandate", "0002_provisions")]

    operations = [
        migrations.RunSQL(trigger(table), f"DROP TRIGGER {table}_changes_catalogue ON {table}")
        for table in TABLES
    ]
