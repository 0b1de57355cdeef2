"""The messages about a submission. They carry our words and its link only, nothing that somebody typed:
an address may be a stranger's, and whoever reads a mail should find nothing in it but the way back here."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from platforma.lib.mail import queue_mail, send_due
from platforma.lib.pages import absolute
from platforma.models import Zgloszenie


def tell_author(zgloszenie, news: str) -> None:
    """Queue the message `mail/<news>` to the author, where they left an address."""
    if zgloszenie.email:
        queue_mail(zgloszenie.email, news, **_links(zgloszenie))


def tell_editors(zgloszenie) -> None:
    if settings.EDITORS_EMAIL:
        queue_mail(
            settings.EDITORS_EMAIL,
            "redakcja",
            link=absolute(reverse("admin:platforma_zgloszenie_changelist")),
        )


def send_link(zgloszenie, address: str) -> None:
    """Queue the link by which a draft is taken up again."""
    queue_mail(address, "dokoncz", **_links(zgloszenie))


def tell_of_publication(now=None) -> int:
    """Queue a message for each author whose practice has become public; once each, however many ask."""
    now, told = now or timezone.now(), 0
    for zgloszenie in Zgloszenie.objects.with_news_of_publication(now):
        with transaction.atomic():
            rows = Zgloszenie.objects.with_news_of_publication(now).filter(pk=zgloszenie.pk).order_by()
            if rows.update(published_note_at=now):
                tell_author(zgloszenie, "opublikowano")
                told += 1
    return told


def send_mail() -> tuple[int, int]:
    """Tell whose practice has become public, then send what is due; return how many went out and failed."""
    tell_of_publication()
    return send_due()


def _links(zgloszenie):
    return {"link": absolute(zgloszenie.get_absolute_url()), "is_error": zgloszenie.is_error}
