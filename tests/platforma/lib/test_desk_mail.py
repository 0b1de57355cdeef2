"""Messages to editors about an entry: to the right person, with the way to its form and to nowhere else."""

import pytest

from platforma.lib.desk_mail import tell_of_entry
from platforma.lib.mail import Wiadomosc
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


def test_without_a_person_the_common_box_is_told_and_without_an_address_nobody(settings):
    praktyka, gone = builders.make_praktyka(), builders.make_user(email="jan@example.org", is_active=False)
    settings.EDITORS_EMAIL = "redakcja@example.org"
    assert tell_of_entry(praktyka, "wpis_uwaga").adres == "redakcja@example.org"
    assert tell_of_entry(praktyka, "wpis_uwaga", user=gone) is None
    assert tell_of_entry(praktyka, "wpis_uwaga", user=builders.make_user(email="")) is None
    settings.EDITORS_EMAIL = ""
    assert tell_of_entry(praktyka, "wpis_uwaga") is None
    assert Wiadomosc.objects.count() == 1
