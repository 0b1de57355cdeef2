"""Messages to editors about an entry: to the right person, with the way to its form and to nowhere else."""

import pytest

from platforma.lib.desk_mail import tell_of_entry
from platforma.lib.mail import Wiadomosc
from platforma.lib.preview.models import LinkPodgladu, UwagaPodgladu
from platforma.lib.publication import TransitionError
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("news", ["wpis_cofniety", "wpis_uwaga"])
def test_an_editor_is_told_in_text_and_html_where_the_entry_is(news, settings):
    praktyka = builders.make_praktyka(tytul="Mikrogranty <b>i</b> „spółka”")
    message = tell_of_entry(praktyka, news, user=builders.make_user(email="ewa@example.org"))
    assert message == Wiadomosc.objects.get()
    assert message.adres == "ewa@example.org"
    address = f"{settings.SITE_URL}/admin/praktyki/praktyka/{praktyka.pk}/change/"
    assert address in message.tekst
    assert f'href="{address}"' in message.html
    assert "Mikrogranty <b>i</b> „spółka”" in message.tekst
    assert "Mikrogranty &lt;b&gt;i&lt;/b&gt;" in message.html


def test_an_address_in_a_title_is_left_out_of_the_message():
    spotkanie = builders.make_spotkanie(tytul="Warsztat www.obca.pl i https://obca.example/zapisy")
    message = tell_of_entry(spotkanie, "wpis_uwaga", user=builders.make_user(email="ewa@example.org"))
    assert "obca" not in message.tekst + message.html
    assert "Warsztat […] i […]" in message.tekst


def sent_to():
    return list(Wiadomosc.objects.order_by("pk").values_list("adres", flat=True))


def test_sending_back_is_told_to_who_made_the_entry_else_to_who_submitted_it():
    ewa, jan = (builders.make_user(email=f"{name}@example.org") for name in ("ewa", "jan"))
    for maker in (ewa, None):
        praktyka = builders.make_praktyka(status="draft", created_by=maker)
        praktyka.submit(by=jan)
        praktyka.send_back(by=builders.make_user(), reason="Brakuje źródła.")
    assert sent_to() == ["ewa@example.org", "jan@example.org"]


def test_nobody_is_told_of_their_own_step_or_of_one_that_was_refused():
    ewa = builders.make_user(email="ewa@example.org")
    praktyka = builders.make_praktyka(status="review", created_by=ewa)
    praktyka.send_back(by=ewa, reason="Sama poprawię.")
    with pytest.raises(TransitionError):
        praktyka.send_back(by=builders.make_user(), reason="Jest już szkicem.")
    assert sent_to() == []


def test_a_comment_from_a_preview_is_told_once(settings):
    settings.EDITORS_EMAIL = "redakcja@example.org"
    link, _code = LinkPodgladu.objects.issue(builders.make_praktyka(status="draft"), dla_kogo="Urząd")
    for _click in range(2):
        UwagaPodgladu.objects.receive(link, "Kwota jest inna.", "bilet")
    assert sent_to() == ["redakcja@example.org"]
    assert "Kwota" not in Wiadomosc.objects.get().tekst


def test_without_a_person_the_common_box_is_told_and_without_an_address_nobody(settings):
    praktyka, gone = builders.make_praktyka(), builders.make_user(email="jan@example.org", is_active=False)
    settings.EDITORS_EMAIL = "redakcja@example.org"
    assert tell_of_entry(praktyka, "wpis_uwaga").adres == "redakcja@example.org"
    assert tell_of_entry(praktyka, "wpis_uwaga", user=gone) is None
    assert tell_of_entry(praktyka, "wpis_uwaga", user=builders.make_user(email="")) is None
    settings.EDITORS_EMAIL = ""
    assert tell_of_entry(praktyka, "wpis_uwaga") is None
    assert Wiadomosc.objects.count() == 1
