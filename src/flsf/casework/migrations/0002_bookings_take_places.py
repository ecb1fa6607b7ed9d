"""A booking takes a place, so it changes how services are matched."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER casework_booking_changes_catalogue
AFTER INSERT OR UPDATE OR DELETE ON casework_booking
FOR EACH STATEMENT EXECUTE FUNCTION market_catalogue_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("market", "0002_catalogue_changes")]

    operations = [
        migrations.RunSQL(
            TRIGGER, "DROP TRIGGER casework_booking_changes_catalogue ON casework_booking"
        )
    ]
