"""Where Morfeusz has no build, another dictionary takes its place: inflected words are still found."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NO_MORFEUSZ = "raise ModuleNotFoundError('there is no build for this machine')\n"
OTHER_DICTIONARY = """
class DictionaryLookupStrategy:
    def get_lemma(self, word, lang):
        assert lang == "pl"
        return {"Łodzi": "Łódź", "dotacji": "dotacja", "żądania": "żądanie"}.get(word)
"""
ASK = """
import json, sys
from platforma.lib.search.morphology import keys, query_keys
words = ["Łodzi", "dotacji", "mikrograntów", "żądania"]
print(json.dumps({"keys": {word: keys(word) for word in words}, "lodzi": sorted(query_keys("lodzi")[1])}))
"""


def test_the_other_dictionary_gives_lemmas_and_stems(tmp_path):
    (tmp_path / "morfeusz2.py").write_text(NO_MORFEUSZ)
    (tmp_path / "simplemma").mkdir()
    (tmp_path / "simplemma" / "__init__.py").touch()
    (tmp_path / "simplemma" / "strategies.py").write_text(OTHER_DICTIONARY)
    program = f"import sys; sys.path[:0] = {[str(tmp_path), str(ROOT)]!r}\n{ASK}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert "łódź" in found["keys"]["Łodzi"]
    assert "łódź" in found["lodzi"]
    assert {"dotacja", "dotacj"} <= set(found["keys"]["dotacji"])
    assert "mikrograntów" in found["keys"]["mikrograntów"]
    assert "żądanie" in found["keys"]["żądania"]
    assert not any(key.startswith("za") for key in found["keys"]["żądania"])
