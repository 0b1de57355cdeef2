"""Filling in the public form as a person does: from the page that was opened."""

import re

from platforma.models import Zgloszenie

FIRST = {
    "tytul": "Mikrogranty dla sołectw",
    "streszczenie": "Gmina daje sołectwom po 2000 zł na wspólne działania.",
    "miejsce": "Kolbudy",
    "organizacja": "Fundacja Sąsiedzka",
}
SECOND = {"rozwiazanie": "Nabór raz w roku, wniosek na jedną stronę.", "rok_od": "2019", "kwota_zl": "40000"}
CONTACT = {
    "osoba": "Jan Testowy",
    "email": "jan@example.org",
    "telefon": "500 100 200",
    "potwierdzenie": "on",
}


def ticket(response) -> str:
    """Return the ticket that stands in the page of a form."""
    return re.search(r'name="bilet" value="([^"]+)"', response.content.decode())[1]


def begin(client, **changes):
    """Send the first step; the ticket counts as old enough where `patient` is used."""
    return client.post("/zglos/", {"bilet": ticket(client.get("/zglos/")), **FIRST, **changes})


def fill_in(client, **changes) -> Zgloszenie:
    """Go through all steps up to the last, without sending."""
    address = begin(client, **changes)["Location"]
    client.post(address, SECOND)
    client.post(address.replace("/opis/", "/kontakt/"), CONTACT)
    return Zgloszenie.objects.latest("pk")


def send(client, **changes) -> Zgloszenie:
    """Fill in all steps and send."""
    zgloszenie = fill_in(client, **changes)
    client.post(f"{zgloszenie.get_absolute_url()}sprawdz/")
    return Zgloszenie.objects.get(pk=zgloszenie.pk)
