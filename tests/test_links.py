"""Every internal reference is a link both ways."""

import pytest

from tests.builders import (
    make_cykl,
    make_instrument,
    make_jst,
    make_material,
    make_organizacja,
    make_praktyka,
    make_prelegent,
    make_spotkanie,
    make_wdrozenie,
    make_wojewodztwo,
    make_wypowiedz,
    make_wystapienie,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_practice_and_instrument_lead_to_each_other(client):
    instrument = make_instrument()
    praktyka = make_praktyka(instrumenty=[instrument])
    assert read(client, instrument).leads_to(praktyka)
    assert read(client, praktyka).leads_to(instrument)


def test_instrument_and_meeting_its_statement_and_material_lead_to_each_other(client):
    instrument = make_instrument()
    spotkanie = make_spotkanie(instrumenty=[instrument])
    wypowiedz = make_wypowiedz(spotkanie, instrument=instrument)
    material = make_material(instrument=instrument)
    assert read(client, instrument).leads_to(spotkanie, wypowiedz, material)
    assert read(client, spotkanie).leads_to(instrument)
    assert read(client, "/materialy/").leads_to(instrument)


def test_practice_and_unit_and_organisation_lead_to_each_other(client):
    jst, organizacja = make_jst(wojewodztwo=make_wojewodztwo()), make_organizacja()
    praktyka = make_praktyka(jst=[jst], organizacje=[organizacja])
    assert read(client, praktyka).leads_to(jst, organizacja)
    assert read(client, jst).leads_to(praktyka)
    assert read(client, organizacja).leads_to(praktyka)
    assert read(client, "/jst/").leads_to(jst)


def test_a_practice_and_a_unit_that_adopted_it_lead_to_each_other(client):
    praktyka, jst = make_praktyka(), make_jst()
    make_wdrozenie(praktyka, jst=jst)
    assert read(client, praktyka).leads_to(jst)
    assert read(client, jst).leads_to(praktyka)


def test_an_organisation_leads_to_its_meetings_and_speakers(client):
    organizacja, prelegent = make_organizacja(), make_prelegent()
    organised, partnered, spoken_at = (make_spotkanie() for _ in range(3))
    organised.organizatorzy.add(organizacja)
    partnered.partnerzy.add(organizacja)
    make_wystapienie(spoken_at, [(prelegent, "ekspertka", organizacja)])
    assert read(client, organizacja).leads_to(organised, partnered, spoken_at, prelegent)


def test_practice_meeting_and_series_lead_to_each_other(client):
    praktyka, cykl = make_praktyka(), make_cykl()
    spotkanie = make_spotkanie(praktyki=[praktyka], cykl=cykl)
    assert read(client, spotkanie).leads_to(praktyka, cykl)
    assert read(client, praktyka).leads_to(spotkanie)
    assert read(client, cykl).leads_to(spotkanie)


def test_meeting_speaker_and_organisation_lead_to_each_other(client):
    prelegent, stowarzyszenie = make_prelegent(), make_organizacja()
    organizator, partner = make_organizacja(), make_organizacja()
    spotkanie = make_spotkanie(organizatorzy=[organizator], partnerzy=[partner])
    make_wystapienie(spotkanie, [(prelegent, "ekspertka", stowarzyszenie)])
    assert read(client, spotkanie).leads_to(prelegent, stowarzyszenie, organizator, partner)
    assert read(client, prelegent).leads_to(spotkanie, stowarzyszenie)
    for organizacja in (stowarzyszenie, organizator, partner):
        assert read(client, organizacja).leads_to(spotkanie)
    assert read(client, "/spotkania/prelegenci/").leads_to(prelegent)


def test_a_material_leads_to_all_it_belongs_to_and_is_found_there(client):
    instrument, praktyka, spotkanie = make_instrument(), make_praktyka(), make_spotkanie()
    material = make_material(spotkanie=spotkanie, praktyka=praktyka, instrument=instrument)
    assert read(client, "/materialy/").leads_to(material, spotkanie, praktyka, instrument)
    for owner in (spotkanie, praktyka, instrument):
        assert read(client, owner).leads_to(material)


def test_similar_practices_their_comparison_the_map_and_alike_units_are_a_link_away(client):
    instrument, wojewodztwo = make_instrument(), make_wojewodztwo(lat=50, lon=19)
    jst = make_jst(wojewodztwo=wojewodztwo)
    one, other = (make_praktyka(instrumenty=[instrument], jst=[jst]) for _ in range(2))
    compared = f"/praktyki/porownaj/?p={one.slug}&p={other.slug}"
    assert read(client, one).leads_to(other)
    assert compared in read(client, one).links
    assert read(client, compared).leads_to(one, other, instrument, jst)
    assert {"/praktyki/mapa/", "/moja-gmina/?dalej=%2Fpraktyki%2F"} <= read(client, "/praktyki/").links
    assert f"/praktyki/?wojewodztwo={wojewodztwo.slug}" in read(client, "/praktyki/mapa/").links
    assert f"/praktyki/?moja={jst.slug}&sort=podobienstwo" in read(client, jst).links


def test_office_and_its_unit_and_the_units_meetings_lead_to_each_other(client):
    jst = make_jst()
    urzad = make_organizacja(jst=jst)
    spotkanie = make_spotkanie(organizatorzy=[urzad])
    assert read(client, jst).leads_to(urzad, spotkanie)
    assert read(client, urzad).leads_to(jst)


@pytest.mark.parametrize("catalogue", ["/praktyki/", "/spotkania/", "/materialy/"])
def test_every_address_a_catalogue_offers_answers(client, catalogue):
    spotkanie = make_spotkanie(praktyki=[make_praktyka(instrumenty=[make_instrument()])])
    make_material(spotkanie=spotkanie)
    offered = {link for link in read(client, catalogue).links if link.startswith("/")}
    assert len(offered) > 20
    assert {link: status for link in offered if (status := status_of(client, link)) >= 400} == {}


def status_of(client, address) -> int:
    response = client.get(address)
    b"".join(response)  # a file that is not read to its end stays open
    return response.status_code
