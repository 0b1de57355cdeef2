"""Settings, driven by the environment; the README's table names every variable."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from platforma.lib import env, sqlite

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR") or BASE_DIR / "var").resolve()

DEBUG = env.flag("DEBUG")
PORT = env.number("PORT", 8000, low=1, high=65_535)
WEB_CONCURRENCY = env.number("WEB_CONCURRENCY", 2, low=1, high=64)  # server processes
SITE_URL = env.origin("SITE_URL", f"http://127.0.0.1:{PORT}")
_site = urlsplit(SITE_URL)
HTTPS = _site.scheme == "https"
if DEBUG and HTTPS:
    raise ImproperlyConfigured("DEBUG=1 przy SITE_URL z https: strony błędów pokazałyby kod i dane.")

_postgresql = env.postgresql("DATABASE_URL", conn_max_age=60, conn_health_checks=True)
SECRET_KEY = env.secret_key(VAR, generate=not _postgresql)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [_site.hostname, "127.0.0.1", "localhost", "[::1]"])
if "*" in ALLOWED_HOSTS and not DEBUG:
    raise ImproperlyConfigured("ALLOWED_HOSTS=*: wymień nazwy, pod którymi działa serwis.")

INSTALLED_APPS = [
    "platforma",
    "praktyki",
    "spotkania",
    "platforma.apps.EditorsDeskConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_filters",
    "django_htmx",
    "taggit",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "platforma.middleware.HardeningMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "platforma.middleware.GZipPagesMiddleware",
    "platforma.middleware.PublicPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "platforma.urls"
WSGI_APPLICATION = "platforma.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "platforma.context_processors.site",
            ],
            "builtins": ["platforma.templatetags.platforma"],
        },
    },
]

DATABASES = {
    "default": _postgresql
    or {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "db.sqlite3",
        "OPTIONS": sqlite.CONNECTION_OPTIONS,
        "CONN_MAX_AGE": None,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "pl"
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

# E-mail goes through a queue, see platforma.lib.mail; what people send us is kept as long as it is needed.
globals().update(env.email("EMAIL_URL"))  # EMAIL_BACKEND, EMAIL_HOST …
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.mailbox("EMAIL_FROM", f"nie-odpowiadaj@{_site.hostname}")
EDITORS_EMAIL = env.mailbox("EDITORS_EMAIL", "")
SUBMISSION_DAYS = env.number("SUBMISSION_DAYS", 90, low=1, high=3650)

TAGGIT_CASE_INSENSITIVE = True
TWO_PERSON_RULE = env.flag("TWO_PERSON_RULE")  # nobody publishes what they wrote themselves
SIMPLE_HISTORY_DATE_INDEX = False  # versions are found by their row

# Security. What depends on TLS follows the scheme of SITE_URL.
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sesja" if HTTPS else "sesja"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "platforma.views.csrf_failure"
SESSION_COOKIE_AGE = 12 * 3600  # seconds: one working day
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_codes": {"()": "platforma.lib.logs.HideCodes"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["hide_codes"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
