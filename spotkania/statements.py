"""What was said at a meeting, in the order it is read: conclusions, questions with answers, other answers."""

from dataclasses import dataclass

from .models import Wypowiedz


@dataclass(frozen=True)
class Statements:
    """The public statements of a meeting; answers stand under their question where it was asked here."""

    wnioski: list[Wypowiedz]
    pytania: list[tuple[Wypowiedz, list[Wypowiedz]]]
    odpowiedzi: list[Wypowiedz]

    def __bool__(self):
        return bool(self.wnioski or self.pytania or self.odpowiedzi)


def statements_of(spotkanie) -> Statements:
    rows = list(spotkanie.wypowiedzi.consented().for_page().with_answers())
    by_type = {typ: [row for row in rows if row.typ == typ] for typ in Wypowiedz.Typ.values}
    asked = {row.pk for row in by_type["pytanie"]}
    answers = by_type["odpowiedz"]
    return Statements(
        by_type["wniosek"],
        [
            (row, [answer for answer in answers if answer.odpowiedz_na_id == row.pk])
            for row in by_type["pytanie"]
        ],
        [answer for answer in answers if answer.odpowiedz_na_id not in asked],
    )
