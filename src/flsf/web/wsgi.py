"""What the web server serves."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flsf.settings.production")

application = get_wsgi_application()
# Tables can be named only now that Django is set up.
import_module("flsf.web.safety").refuse_wrong_data()
