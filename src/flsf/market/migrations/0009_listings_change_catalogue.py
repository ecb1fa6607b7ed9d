"""What is listed anew is read anew, whatever else changed or did not."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER market_listing_changes_catalogue
AFTER INSERT OR UPDATE OR DELETE ON market_listing
FOR EACH STATEMENT EXECUTE FUNCTION market_catalogue_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("market", "0008_feed")]

    operations = [
        migrations.RunSQL(
            TRIGGER, "DROP TRIGGER market_listing_changes_catalogue ON market_listing"
        )
    ]
