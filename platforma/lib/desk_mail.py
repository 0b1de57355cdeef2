"""Messages to editors about an entry: what happened to it, and the way to its form in the panel."""

from django.conf import settings
from django.db.models import Model

from platforma.lib.desk_address import desk_address
from platforma.lib.mail import Wiadomosc, queue_mail, without_links
from platforma.lib.pages import absolute


def tell_of_entry(entry: Model, news: str, *, user=None) -> Wiadomosc | None:
    """Queue the message `mail/<news>` about `entry` to `user`, or without one to EDITORS_EMAIL.

    `news` is "wpis_cofniety" (sent back, to its author) or "wpis_uwaga" (a remark from its preview). None
    where nobody can be told: the user left or has no address, or EDITORS_EMAIL is not set. It only writes a
    row, so call it in the transaction of what happened.
    """
    address = (user.email if user.is_active else "") if user else settings.EDITORS_EMAIL
    if not address:
        return None
    return queue_mail(address, news, entry=without_links(str(entry)), link=absolute(desk_address(entry)))
