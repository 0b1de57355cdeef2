from django.conf import settings


def site(request):
    """What every template may need; nothing here touches the database or the session."""
    return {"site_url": settings.SITE_URL}
