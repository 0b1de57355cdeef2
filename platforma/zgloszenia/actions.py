"""What happens to a submission. Each step is one conditional UPDATE: of many who click, one decides."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localtime

from platforma.lib import polish
from platforma.lib.files.names import title_of
from platforma.models import Zgloszenie
from praktyki.models import Jst, Organizacja, Praktyka
from spotkania.models import Material

from .notices import tell_author, tell_editors

State = Zgloszenie.State
COPIED = (
    *("tytul", "streszczenie", "problem", "rozwiazanie", "rezultaty", "trudnosci", "odbiorcy_opis"),
    *("rok_od", "rok_do", "kwota_zl", "kwota_opis", "kontakt"),
)


class AlreadyDecided(Exception):
    """Somebody else was quicker, or the step does not fit the state; the text is for the editor."""


def send(zgloszenie, *, now=None) -> bool:
    """Draft or completed → received; False where it had been sent already."""
    now = now or timezone.now()
    with transaction.atomic():
        moved = Zgloszenie.objects.move(
            zgloszenie.pk,
            (State.DRAFT, State.MISSING),
            State.RECEIVED,
            sent_at=zgloszenie.sent_at or now,
            odpowiedz="",
        )
        if moved:
            tell_author(zgloszenie, "przyjeto")
            tell_editors(zgloszenie)
    return moved


def start_review(zgloszenie) -> None:
    _move(zgloszenie, (State.RECEIVED,), State.REVIEW)


@transaction.atomic
def ask(zgloszenie, *, text: str) -> None:
    """Open the submission for its author again, who reads in `text` what is missing."""
    _move(zgloszenie, (State.RECEIVED, State.REVIEW), State.MISSING, odpowiedz=text)
    tell_author(zgloszenie, "uzupelnij")


@transaction.atomic
def decline(zgloszenie, *, by, reason: str, now=None) -> None:
    _decide(zgloszenie, State.DECLINED, by, now, odpowiedz=reason)
    tell_author(zgloszenie, "rozstrzygnieto")


@transaction.atomic
def mend(zgloszenie, *, by, text: str = "", now=None) -> None:
    """Close the report of an error that was put right."""
    _decide(zgloszenie, State.ACCEPTED, by, now, odpowiedz=text)
    tell_author(zgloszenie, "rozstrzygnieto")


@transaction.atomic
def make_draft(zgloszenie, *, by, now=None) -> Praktyka:
    """Decide for the submission and return the draft practice made of it."""
    _decide(zgloszenie, State.ACCEPTED, by, now)
    praktyka = _draft_of(zgloszenie, by)
    Zgloszenie.objects.filter(pk=zgloszenie.pk).update(praktyka=praktyka)
    tell_author(zgloszenie, "rozstrzygnieto")
    return praktyka


@transaction.atomic
def move_files(zgloszenie, *, by, now=None) -> int:
    """Make materials of the draft from the files not moved yet; return how many. Readers see them with it."""
    now, moved = now or timezone.now(), 0
    for zalacznik in zgloszenie.zalaczniki.to_move():
        if zgloszenie.zalaczniki.take(zalacznik.pk, now):
            material = zgloszenie.praktyka.materialy.create(
                tytul=title_of(zalacznik.nazwa_pliku), postac=Material.Postac.PLIK
            )
            with zalacznik.plik.open("rb") as file:
                content = ContentFile(file.read(), name=zalacznik.nazwa_pliku)
            material.wersje.create(plik=content, uploaded_by=by)
            moved += 1
    if moved:
        zgloszenie.praktyka.contributors.add(by)
    return moved


def _decide(zgloszenie, to, by, now, **fields):
    sources = (State.RECEIVED, State.REVIEW, State.MISSING)
    _move(zgloszenie, sources, to, decided_by=by, decided_at=now or timezone.now(), **fields)


def _move(zgloszenie, sources, to, **fields):
    if not Zgloszenie.objects.move(zgloszenie.pk, sources, to, **fields):
        state = Zgloszenie.objects.get(pk=zgloszenie.pk).get_state_display()
        raise AlreadyDecided(f"Ktoś był szybszy: to zgłoszenie ma już stan „{state}”. Nic nie zmieniono.")
    zgloszenie.refresh_from_db()


def _draft_of(zgloszenie, by) -> Praktyka:
    jst = _unit(zgloszenie.miejsce)
    praktyka = Praktyka(created_by=by, **{name: getattr(zgloszenie, name) for name in COPIED})
    praktyka.obszar = "" if jst else zgloszenie.miejsce
    praktyka.uwagi_redakcji = (
        f"Ze zgłoszenia nr {zgloszenie.pk} z {localtime(zgloszenie.sent_at):%d.%m.%Y}. "
        "Tekst osoby zgłaszającej, niesprawdzony."
    )
    praktyka.save()
    praktyka.instrumenty.set(zgloszenie.instrumenty.all())
    praktyka.jst.set(jst)
    praktyka.organizacje.set(_organisation(zgloszenie.organizacja))
    if zgloszenie.zrodlo_url:
        praktyka.zrodla.create(tytul="Strona wskazana w zgłoszeniu", url=zgloszenie.zrodlo_url)
    return praktyka


def _unit(name: str) -> list[Jst]:
    """Return the one unit of that name, or none where there are several or the name is another."""
    key = polish.sort_key(name)
    units = list(Jst.objects.filter(sort_key=key)[:2]) if key else []
    return units if len(units) == 1 else []


def _organisation(name: str) -> list[Organizacja]:
    """Return the organisation of that name, else a new one; readers see it once its practice is public."""
    if not name:
        return []
    found = Organizacja.objects.filter(sort_key=polish.sort_key(name)).first()
    return [found or Organizacja.objects.create(nazwa=name)]


def report_error(form) -> Zgloszenie | None:
    """Put the report of a valid `BladForm` in the queue; the same one again gives the row of the first time.

    None where its ticket has sent another report.
    """
    data, now = form.cleaned_data, timezone.now()
    with transaction.atomic():
        row, created = Zgloszenie.objects.get_or_create(
            ticket=data["bilet"],
            defaults={
                "rodzaj": Zgloszenie.Rodzaj.BLAD,
                "state": State.RECEIVED,
                "sent_at": now,
                "tytul": str(form.page)[:200],
                **{name: data[name] for name in ("strona", "opis_bledu", "email")},
            },
        )
        if created:
            tell_author(row, "przyjeto")
            tell_editors(row)
    is_same = (row.strona, row.opis_bledu) == (data["strona"], data["opis_bledu"])
    return row if is_same else None


def remove_file(zgloszenie, pk: int) -> None:
    """Delete one file of a submission that is still open, its bytes once that is certain."""
    with transaction.atomic():
        is_open = Zgloszenie.objects.hold_editable(zgloszenie.pk) is not None
        if is_open and (zalacznik := zgloszenie.zalaczniki.filter(pk=pk).first()):
            zalacznik.delete_with_bytes()
