"""Reading what the chooser knows from the database, once a content revision."""

from collections import defaultdict

from platforma.lib.search.kept import Kept

from ..models import Instrument, ParametrPrawny, Pytanie, Regula
from .knowledge import Knowledge, LegalValue, Limit, Option, Parameter, Question, Rule


def read() -> Knowledge:
    """Read everything anew, in a constant number of queries."""
    return Knowledge(
        questions=tuple(map(_question, Pytanie.objects.for_chooser())),
        instruments=tuple(Instrument.objects.judged().values_list("slug", flat=True)),
        parameters=_parameters(),
    )


knowledge_at = Kept(read).get  # of a revision number; None reads anew


def _question(pytanie) -> Question:
    options = tuple(map(_option, pytanie.odpowiedzi.all()))
    return Question(pytanie.slug, pytanie.tresc, options, pytanie.podpowiedz, pytanie.jednostka)


def _option(odpowiedz) -> Option:
    odbiorcy = odpowiedz.odbiorcy
    return Option(
        odpowiedz.slug,
        odpowiedz.tresc,
        {rule.instrument: rule for rule in map(_rule, odpowiedz.reguly.all())},
        odpowiedz.najwyzej,
        (odbiorcy.slug, odbiorcy.nazwa) if odbiorcy else None,
    )


def _rule(regula) -> Rule:
    is_open = regula.porownanie == Regula.Porownanie.PONIZEJ
    return Rule(
        regula.instrument.slug,
        regula.rodzaj == Regula.Rodzaj.PRZECIW,
        regula.powod,
        regula.waga,
        regula.przepis,
        regula.zweryfikowano,
        Limit(regula.parametr, is_open) if regula.parametr else None,
    )


def _parameters() -> dict[str, Parameter]:
    names, values = {}, defaultdict(list)
    for row in ParametrPrawny.objects.all():
        names.setdefault(row.klucz, row.nazwa)
        values[row.klucz].append(
            LegalValue(
                row.wartosc,
                row.jednostka,
                row.obowiazuje_od,
                row.obowiazuje_do,
                row.podstawa,
                row.zrodlo_url,
                row.zweryfikowano,
                row.get_jednostka_display(),
            )
        )
    return {klucz: Parameter(names[klucz], tuple(values[klucz])) for klucz in names}
