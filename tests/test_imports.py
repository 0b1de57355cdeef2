"""The house has a direction: platforma.lib ← praktyki ← spotkania ← the roof, and models ← views ← urls.

Nothing of the house imports the benchmark or the tests.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = (  # a lower one never imports a higher one
    *("platforma.lib", "praktyki", "spotkania", "platforma"),
    *("bench", "tests"),
)
RANKS = {
    "models": 0,
    "views": 2,
    "urls": 3,
}  # inside an app; every other module stands between models and views


def layer(module: str) -> int | None:
    """Return the floor the module lives on; None for a module that is not ours."""
    return next((n for n, name in enumerate(LAYERS) if f"{module}.".startswith(f"{name}.")), None)


def rank(module: str) -> int:
    part = module.split(".")[1] if "." in module else ""
    return RANKS.get(part, 1)


def imports(tree: ast.AST, module: str):
    """Yield `(node, full name)` of every import in `tree`, relative ones made absolute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*package, *([node.module] if node.module else [])])
            yield from ((node, f"{base}.{alias.name}") for alias in node.names)


def bad_arrows(module: str, source: str) -> list[str]:
    """Return a complaint for every import in `source` that the house does not allow to `module`."""
    tree, complaints = ast.parse(source), []
    for _node, target in imports(tree, module):
        if layer(target) is None:
            continue
        if layer(target) > layer(module):
            complaints.append(f"{module} is below {target}")
        elif layer(target) > 0 and rank(target) > rank(module):
            complaints.append(f"{module} comes before {target}")
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and not (
            module.endswith(".apps") and function.name == "ready"
        ):
            hidden = [target for _node, target in imports(function, module) if layer(target) is not None]
            complaints += [f"{module}.{function.name}() hides the import of {target}" for target in hidden]
    return complaints


def modules():
    for app in ("platforma", "praktyki", "spotkania"):
        for path in (ROOT / app).rglob("*.py"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name, path


def test_every_import_follows_the_arrows():
    found = dict(modules())
    assert {
        "platforma.lib.publication.transitions",
        "praktyki.models.praktyka",
        "spotkania.views",
    } <= found.keys()
    arrows = [bad_arrows(module, path.read_text()) for module, path in found.items()]
    assert [complaint for complaints in arrows for complaint in complaints] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("platforma.lib.facets", "from praktyki.models import Praktyka"),
        ("platforma.lib.facets", "from platforma import views"),
        ("platforma.lib.facets", "from ..models import LoadedRow"),
        ("praktyki.views", "import spotkania.models"),
        ("praktyki.models.praktyka", "from spotkania.models import Spotkanie"),
        ("spotkania.views", "from platforma.views import home"),
        ("praktyki.models.__init__", "from ..filters import PraktykaFilter"),
        ("praktyki.models.praktyka", "from praktyki import views"),
        ("praktyki.feeds", "from .views import praktyka_list"),
        ("praktyki.views", "from praktyki.urls import urlpatterns"),
        ("spotkania.models.spotkanie", "from praktyki.filters import PraktykaFilter"),
        ("platforma.views", "from bench import questions"),
        ("praktyki.models.praktyka", "from tests.builders import make_praktyka"),
        ("praktyki.views", "def f():\n    from praktyki.models import Praktyka"),
    ],
)
def test_a_wrong_arrow_is_caught(module, source):
    assert len(bad_arrows(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("platforma.lib.facets", "from platforma.lib import polish\nfrom .selection import Span"),
        (
            "praktyki.models.praktyka",
            "from .slowniki import Jst\nfrom platforma.lib.fields import AutoSlugField",
        ),
        ("spotkania.views", "from praktyki.models import Praktyka\nfrom . import filters"),
        ("platforma.urls", "from praktyki import urls\nfrom platforma import views"),
        ("platforma.apps", "class A:\n    def ready(self):\n        from platforma import checks"),
        ("platforma.lib.sqlite", "def f():\n    import pysqlite3"),
    ],
)
def test_a_right_arrow_is_let_through(module, source):
    assert bad_arrows(module, source) == []
