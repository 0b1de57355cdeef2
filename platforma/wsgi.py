import os

from django.core.wsgi import get_wsgi_application

from platforma.lib.slow_body import with_timed_input

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platforma.settings")

application = with_timed_input(get_wsgi_application())
