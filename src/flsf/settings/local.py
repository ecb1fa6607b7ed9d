"""A developer's machine: the database of DATABASE_URL, or else the one `make db` starts.

The demonstration's switch is on, as a developer's borough is the made-up one.
"""

import os

from flsf.devdb import running_url
from flsf.settings.base import *  # noqa: F403
from flsf.settings.base import DATABASE_OPTIONS, env

if not env.str("DATABASE_URL", ""):
    os.environ["DATABASE_URL"] = running_url()

DATABASES = {"default": env.dj_db_url("DATABASE_URL") | {"OPTIONS": DATABASE_OPTIONS}}

DEBUG = env.bool("DEBUG", True)
FLSF_DEMO = env.bool("FLSF_DEMO", True)
SECRET_KEY = "for-this-machine-only"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
WHITENOISE_USE_FINDERS = True
