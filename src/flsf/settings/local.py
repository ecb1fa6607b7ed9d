"""A developer's machine: the database of DATABASE_URL, or else the one `make db` starts."""

import os

from flsf.devdb import running_url
from flsf.settings.base import *  # noqa: F403
from flsf.settings.base import DATABASE_OPTIONS, env

if not env.str("DATABASE_URL", ""):
    os.environ["DATABASE_URL"] = running_url()

DATABASES = {"default": env.dj_db_url("DATABASE_URL") | {"OPTIONS": DATABASE_OPTIONS}}

DEBUG = True
SECRET_KEY = "for-this-machine-only"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
