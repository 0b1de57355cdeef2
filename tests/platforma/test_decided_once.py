"""Two people decide about one entry at the same moment: one holds, the other is told."""

import pytest

from tests.processes import board, race, spawned

ROUNDS = 6
PAIRS = {
    "both publish": ("publish", "publish"),
    "one publishes, one sends back": ("publish", "send_back"),
    "both send back": ("send_back", "send_back"),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Two processes, each with an editor of its own signed in, and as many entries in review as needed."""
    with (
        spawned.own_database(tmp_path_factory.mktemp("race")) as settings,
        spawned.processes(2, settings, board.Start(spawned.CONTEXT)) as pool,
    ):
        pool.submit(race.fill, ROUNDS * len(PAIRS) * 2).result(timeout=120)
        yield pool


@pytest.mark.parametrize("way", [race.at_the_desk, race.by_the_method])
@pytest.mark.parametrize("pair", PAIRS)
def test_a_transition_is_decided_once(desk, pair, way):
    for _round in range(ROUNDS):
        pk = desk.submit(race.next_entry).result(timeout=120)
        tasks = [desk.submit(way, pk, step, person) for person, step in enumerate(PAIRS[pair])]
        answers = [task.result(timeout=120) for task in tasks]
        won = [step for step, answer in zip(PAIRS[pair], answers, strict=True) if answer == ""]
        assert len(won) == 1, answers
        [refusal] = [answer for answer in answers if answer]
        assert "zmienił" in refusal and race.LABELS[won[0]] in refusal
        assert desk.submit(race.outcome, pk).result(timeout=120) in race.expected(won[0], answers.index(""))
