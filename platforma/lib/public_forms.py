"""The few public addresses that take a POST: how they are marked, and what keeps machines out of them.

There is no picture to read out: a field that people do not see, a ticket signed with its time that no
script has at once, and limits (`platforma.lib.limits`). Whoever is stopped by mistake only sends again.
"""

import ipaddress
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from platforma.lib.text import visible

SALT = "platforma.public_forms"
SOONEST = 3  # seconds that a person needs at least to fill a form in
LATEST = timedelta(days=2)


def public_form(view: Callable) -> Callable:
    """Let `view` take POST beside GET; what it answers is for one reader only.

    Under an address with a secret `code` even their browser keeps nothing; elsewhere it may, so that going
    back shows what was typed.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store" if "code" in kwargs else "private, no-cache"
        return response

    answer.takes_posts = True
    return answer


def new_ticket() -> str:
    """Return a ticket for one sending of one form: random, and signed with the time."""
    return signing.dumps(secrets.token_hex(16), salt=SALT)


def sender_of(request: HttpRequest) -> str:
    """Return the network address that a request came from; of IPv6 its /64, which is one household's.

    Behind a proxy it is the last address of X-Forwarded-For, the only one that the proxy itself wrote.
    """
    text = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        text = request.META.get("HTTP_X_FORWARDED_FOR", text).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text[:64]
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


class GuardedForm(forms.Form):
    """Mixin: the hidden field that must stay empty, and the ticket; `ticket` is the one of a valid form."""

    strona_www = forms.CharField(
        label="Zostaw to pole puste",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    bilet = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_ticket)

    @property
    def guards(self) -> list:
        return [self["strona_www"], self["bilet"]]

    def clean_strona_www(self):
        if self.cleaned_data["strona_www"]:
            raise ValidationError(
                "Pole „Zostaw to pole puste” musi być puste. Usuń jego treść i wyślij ponownie."
            )
        return ""

    def clean_bilet(self):
        """Return the ticket's random part; one that is forged, too young or too old is answered in words."""
        try:
            number = signing.loads(self.cleaned_data["bilet"], salt=SALT, max_age=LATEST)
        except signing.BadSignature:
            self._renew_ticket()
            raise ValidationError(
                "Formularz stracił ważność. Sprawdź dane i wyślij go jeszcze raz."
            ) from None
        if _is_younger(self.cleaned_data["bilet"], SOONEST):
            raise ValidationError(
                "Formularz przyszedł szybciej, niż da się go wypełnić. Wyślij go jeszcze raz."
            )
        return number

    def refuse_used_ticket(self) -> None:
        """Say that the ticket has sent something else; with the new one, what was typed goes on."""
        self._renew_ticket()
        self.add_error(
            None, "Ten formularz był już wysłany. Jeśli to nowe zgłoszenie, wyślij je jeszcze raz."
        )

    def _renew_ticket(self):
        self.data = self.data.copy()
        self.data[self.add_prefix("bilet")] = new_ticket()


class VisibleTextForm(forms.Form):
    """Mixin: what nobody sees is taken out of every text, so that no title is empty to the eye."""

    def clean(self):
        data = super().clean() or self.cleaned_data
        texts = {name: visible(value) for name, value in data.items() if isinstance(value, str)}
        data |= texts
        for name, text in texts.items():
            if not text and self.fields[name].required:
                self.add_error(name, self.fields[name].error_messages["required"])
        return data


def _is_younger(ticket: str, seconds: int) -> bool:
    try:
        signing.loads(ticket, salt=SALT, max_age=seconds)
    except signing.SignatureExpired:
        return False
    return True
