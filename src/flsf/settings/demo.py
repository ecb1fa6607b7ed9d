"""The demonstration on one machine: a made-up borough, personas one click away.

Set by `make demo`, which also starts the database. The only settings that heed FLSF_DEMO;
a database that holds anybody who is not made up is refused (flsf.web.safety).
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from flsf.devdb.cluster import Cluster
from flsf.settings.base import *  # noqa: F403
from flsf.settings.base import DATABASE_OPTIONS, DATABASE_POOL, POOL_SIZE, env

HOME = Path(env.str("FLSF_DEMO_HOME", ".demo")).resolve()

if not env.str("DATABASE_URL", ""):
    cluster = Cluster(HOME / "database")
    if not cluster.is_running:
        raise ImproperlyConfigured("The demonstration is not running. Start it with: make demo")
    os.environ["DATABASE_URL"] = cluster.app_url

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL")
    | {"OPTIONS": DATABASE_OPTIONS | {"pool": POOL_SIZE}}
    | DATABASE_POOL
}

DEBUG = False
FLSF_DEMO = env.bool("FLSF_DEMO", True)
SECRET_KEY = env.str("SECRET_KEY", "") or (HOME / "secret").read_text()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", *env.list("FLSF_DEMO_HOSTS", [])]
# The static files are served from where they lie: nothing to collect first.
WHITENOISE_USE_FINDERS = True
