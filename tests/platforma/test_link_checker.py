"""Where a link leads, asked of servers that misbehave; nothing private is ever connected to."""

import socket
import ssl
import time
from types import SimpleNamespace

import pytest

from platforma.lib.links import check
from platforma.lib.links.addresses import ForbiddenAddress, is_public, public_addresses
from platforma.lib.links.check import LinkChecker, Outcome
from platforma.lib.links.models import Wynik
from platforma.lib.links.request import Client
from tests.misbehaving import CERTIFICATE, misbehaving, self_signed

TIMEOUT = 0.6
LONG = 10 * TIMEOUT  # on a busy machine; the server would take much longer


def resolve(host, port):
    """Stand in for the public internet: names in .test are the local server, all others are judged."""
    if host.endswith("unknown.test"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if host.endswith(".test"):
        return [(socket.AF_INET, ("127.0.0.1", port))]
    return public_addresses(host, port)


def checker(pause=0.0, timeout=TIMEOUT):
    return LinkChecker(Client(agent="test", timeout=timeout, resolve=resolve), pause)


@pytest.fixture(scope="module")
def server():
    with misbehaving() as server:
        yield server


@pytest.mark.parametrize(
    ("path", "wynik", "status"),
    [
        ("/ok", Wynik.DZIALA, 200),
        ("/ok#fragment", Wynik.DZIALA, 200),
        ("/zażółć?q=gęślą jaźń", Wynik.DZIALA, 200),
        ("/no-head", Wynik.DZIALA, 200),
        ("/head-resets", Wynik.DZIALA, 200),
        ("/endless", Wynik.DZIALA, 200),
        ("/moved", Wynik.PRZENIESIONY, 200),
        ("/polish", Wynik.PRZENIESIONY, 200),
        ("/far/5", Wynik.PRZENIESIONY, 200),
        ("/elsewhere", Wynik.DZIALA, 200),
        ("/closed", Wynik.ODMOWA, 403),
        ("/missing", Wynik.BRAK, 404),
        ("/gone", Wynik.BRAK, 410),
        ("/moved-to-nothing", Wynik.BRAK, 404),
        ("/broken", Wynik.SERWER, 503),
        ("/loop", Wynik.PETLA, 302),
        ("/far/6", Wynik.PETLA, 301),
        ("/slow", Wynik.CZAS, None),
        ("/dripping", Wynik.CZAS, None),
        ("/continue", Wynik.CZAS, None),
        ("/reset", Wynik.POLACZENIE, None),
        ("/silent-close", Wynik.POLACZENIE, None),
        ("/garbage", Wynik.BLEDNY, None),
        ("/huge-header", Wynik.BLEDNY, None),
        ("/many-headers", Wynik.BLEDNY, None),
        ("/to-nonsense", Wynik.BLEDNY, None),
        ("/to-localhost", Wynik.NIEDOZWOLONY, None),
        ("/to-number", Wynik.NIEDOZWOLONY, None),
        ("/to-ipv6", Wynik.NIEDOZWOLONY, None),
        ("/to-metadata", Wynik.NIEDOZWOLONY, None),
        ("/to-file", Wynik.NIEDOZWOLONY, None),
    ],
)
def test_every_answer_is_told_apart(server, path, wynik, status):
    started = time.monotonic()
    outcome = checker().check(f"http://strona.test:{server.port}{path}")
    assert (outcome.wynik, outcome.status) == (wynik, status)
    assert time.monotonic() - started < LONG


def test_a_server_that_has_had_too_many_requests_is_left_alone_for_a_while():
    with misbehaving() as server:
        base = f"http://strona.test:{server.port}"
        polite = checker()
        assert polite.check(f"{base}/busy") == Outcome(Wynik.ODMOWA, 429)
        assert polite.check(f"{base}/ok").wynik == Wynik.DZIALA
        (busy, *_what), (after, *_what) = server.asked
    assert server.paths() == [("HEAD", "/busy"), ("HEAD", "/ok")]
    assert after - busy >= 0.9


def test_a_link_says_where_it_leads(server):
    base = f"http://strona.test:{server.port}"
    assert checker().check(f"{base}/moved") == Outcome(Wynik.PRZENIESIONY, 200, target=f"{base}/ok")
    assert checker().check(f"{base}/to-metadata").target == "http://169.254.169.254/latest/meta-data/"


def test_a_private_address_is_never_asked():
    with misbehaving() as server:
        for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0"):
            assert checker().check(f"http://{host}:{server.port}/ok").wynik == Wynik.NIEDOZWOLONY
        assert server.asked == []


def test_a_name_with_one_private_answer_is_refused(monkeypatch):
    answers = [(2, 1, 6, "", ("93.184.215.14", 80)), (2, 1, 6, "", ("10.0.0.5", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)
    with pytest.raises(ForbiddenAddress):
        public_addresses("przyklad.pl", 80)


def test_a_name_is_resolved_once_a_request(server):
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return resolve(host, port) if len(asked) == 1 else pytest.fail("resolved again")

    Client(agent="test", timeout=TIMEOUT, resolve=rebinding).ask("GET", f"http://a.test:{server.port}/ok")
    assert asked == ["a.test"]


@pytest.mark.parametrize("path", ["/no-head", "/moved"])
def test_a_name_that_turns_private_between_two_requests_is_not_asked_again(path):
    answers = iter(["a.test", "localhost"])

    def rebinding(host, port):
        return resolve(next(answers), port)

    with misbehaving() as server:
        client = Client(agent="test", timeout=TIMEOUT, resolve=rebinding)
        outcome = LinkChecker(client, pause=0).check(f"http://a.test:{server.port}{path}")
    assert (outcome.wynik, server.paths()) == (Wynik.NIEDOZWOLONY, [("HEAD", path)])


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.0.8", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1"),
        *(
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "2001:0:4136:e378:8000:63bf:80ff:fffe",
            "2001:db8::1",
            "64:ff9b:1::1",
        ),
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "64:ff9b::5db8:d70e"])
def test_public_addresses(address):
    assert is_public(address)


def test_a_certificate_nobody_vouches_for():
    with misbehaving(self_signed()) as server:
        outcome = checker().check(f"https://strona.test:{server.port}/ok")
    assert (outcome.wynik, server.asked) == (Wynik.TLS, [])
    assert "self-signed" in outcome.note


def test_a_certificate_is_judged_by_the_name_of_the_link_and_not_by_the_network_address():
    trusting = ssl.create_default_context(cafile=CERTIFICATE)
    client = Client(agent="test", timeout=TIMEOUT, resolve=resolve, context=trusting)
    with misbehaving(self_signed()) as server:
        own, other = (
            LinkChecker(client, pause=0).check(f"https://{host}.test:{server.port}/moved")
            for host in ("nobody", "strona")
        )
        dripping = LinkChecker(client, pause=0).check(f"https://nobody.test:{server.port}/dripping")
    assert own == Outcome(Wynik.PRZENIESIONY, 200, target=f"https://nobody.test:{server.port}/ok")
    assert (other.wynik, dripping.wynik) == (Wynik.TLS, Wynik.CZAS) and "mismatch" in other.note


def test_a_server_without_tls_behind_https(server):
    assert checker().check(f"https://strona.test:{server.port}/ok").wynik == Wynik.TLS


@pytest.mark.parametrize(
    ("url", "wynik"),
    [
        ("http://unknown.test/", Wynik.DNS),
        ("http://strona.test:1/", Wynik.POLACZENIE),
        ("ftp://strona.test/", Wynik.NIEDOZWOLONY),
        ("http://", Wynik.BLEDNY),
        ("http://strona.test:99999/", Wynik.BLEDNY),
        ("http://[zly", Wynik.BLEDNY),
        (f"http://{'a' * 70}.test/", Wynik.BLEDNY),
        ("http://strona.test:1/a b\r\nX: y", Wynik.POLACZENIE),
    ],
)
def test_an_address_that_leads_nowhere(url, wynik):
    assert checker().check(url).wynik == wynik


def test_a_silent_tls_server_costs_no_more_than_the_timeout():
    with misbehaving() as plain:
        started = time.monotonic()
        listener = socket.create_server(("127.0.0.1", 0))
        outcome = checker().check(f"https://strona.test:{listener.getsockname()[1]}/")
        listener.close()
    assert outcome.wynik == Wynik.CZAS and plain.asked == []
    assert time.monotonic() - started < LONG


def test_requests_to_one_server_keep_their_distance(monkeypatch):
    slept = []
    monkeypatch.setattr(check, "time", SimpleNamespace(monotonic=lambda: 100.0, sleep=slept.append))
    turnstile = check.Turnstile(pause=2.0)
    for host in ("a.test", "b.test", "a.test", "a.test", "b.test"):
        turnstile.wait(host)
    assert slept == [0, 0, 2, 4, 2]


def test_every_request_takes_its_turn():
    with misbehaving() as server:
        started = time.monotonic()
        outcomes = dict(checker(pause=0.2).check_all(f"http://a.test:{server.port}/{n}" for n in range(3)))
        assert time.monotonic() - started >= 0.4
    assert [outcome.wynik for outcome in outcomes.values()] == [Wynik.DZIALA] * 3


def test_a_slow_server_holds_up_no_other():
    with misbehaving() as server:
        slow, quick = f"http://a.test:{server.port}/slow", f"http://b.test:{server.port}/ok"
        outcomes = checker(timeout=20).check_all([slow, quick])
        assert next(outcomes)[0] == quick
        server.stop()
        assert [url for url, _outcome in outcomes] == [slow]
