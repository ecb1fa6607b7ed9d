"""Made-up and real children are never in one database, whichever way the server is started."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Inhabitants

MADE_UP_IN_REAL = (
    "This database holds the made-up borough, and these settings are for a council's own "
    "installation. Point DATABASE_URL at an empty database, or at the council's."
)
REAL_IN_MADE_UP = (
    "This database holds people who are not made up, and these settings are for the "
    "demonstration. Point it at a database of its own: without DATABASE_URL, `make demo` "
    "makes one."
)


def wrong_data() -> str:
    """Why these settings must not serve this database; empty when they may.

    A database without tables holds nobody. One that does not answer raises OperationalError.
    """
    try:
        found = accounts.inhabitants()
    except ProgrammingError:
        return ""
    if found is Inhabitants.MADE_UP and not settings.FLSF_DEMO:
        return MADE_UP_IN_REAL
    if found is Inhabitants.REAL and settings.FLSF_DEMO:
        return REAL_IN_MADE_UP
    return ""


def refuse_wrong_data() -> None:
    """Raises ImproperlyConfigured. A database that is away is no reason: /readyz asks again."""
    try:
        words = wrong_data()
    except OperationalError:
        return
    if words:
        raise ImproperlyConfigured(words)
