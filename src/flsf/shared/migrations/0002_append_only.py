"""The record of what was done and seen can be added to and read, and nothing else."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION shared_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;
END $$;

CREATE TRIGGER shared_auditentry_append_only
BEFORE UPDATE OR DELETE ON shared_auditentry
FOR EACH STATEMENT EXECUTE FUNCTION shared_append_only();

CREATE TRIGGER shared_recordview_append_only
BEFORE UPDATE OR DELETE ON shared_recordview
FOR EACH STATEMENT EXECUTE FUNCTION shared_append_only();
"""

ALLOW = """
DROP TRIGGER shared_auditentry_append_only ON shared_auditentry;
DROP TRIGGER shared_recordview_append_only ON shared_recordview;
DROP FUNCTION shared_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("shared", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
