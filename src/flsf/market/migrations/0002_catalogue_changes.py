"""Whatever changes how services are matched or listed leaves a mark, by trigger."""

from django.db import migrations

TABLES = (
    "market_provider", "market_site", "market_service", "market_capacity", "market_rate",
    "market_admission", "market_statuschange", "market_check", "market_evidence",
)

FUNCTION = """
CREATE FUNCTION market_catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO market_cataloguechange DEFAULT VALUES;
    RETURN NULL;
END $$;
"""


def trigger(table):
    return f"""
CREATE TRIGGER {table}_changes_catalogue
AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION market_catalogue_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("market", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION market_catalogue_changed()"),
        *(
            migrations.RunSQL(trigger(table), f"DROP TRIGGER {table}_changes_catalogue ON {table}")
            for table in TABLES
        ),
    ]
