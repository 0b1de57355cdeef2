import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platforma.settings")

application = get_wsgi_application()

from platforma.lib import watch  # noqa: E402  (the models must be ready)
from platforma.lib.preview import retention  # noqa: E402
from platforma.lib.search.log import search_log  # noqa: E402
from platforma.zgloszenia import chores  # noqa: E402
from spotkania import extraction  # noqa: E402

search_log.start()
watch.start()
extraction.start()
chores.start()
retention.start()
