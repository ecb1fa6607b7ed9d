from django.db import migrations

# As `createcachetable` makes it; here so that migrating is all an installation needs.
MAKE = """
CREATE TABLE flsf_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX flsf_cache_expires ON flsf_cache (expires);
"""


class Migration(migrations.Migration):
    """Attempts to sign in are counted where every process of the server sees them."""

    dependencies = [("shared", "0003_postcodes_without_a_place")]
    operations = [migrations.RunSQL(MAKE, "DROP TABLE flsf_cache;")]
