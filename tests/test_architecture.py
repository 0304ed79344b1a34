"""The shape of the code, enforced: imports point down, registries and files agree, files stay small."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest
from handrail.cli.table import COMMANDS
from handrail.export import EXPORTS
from handrail.model.kinds import KINDS
from handrail.report import FORMATS
from handrail.rules.registry import RULES

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "plugins" / "handrail"

# From the ground up. A module imports only from its own layer and those below; CONTRIBUTING.md draws the same map.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__init__",),
    ("remark", "model.money", "english"),
    ("source",),
    ("slips",),
    ("entity", "fault"),
    ("fields",),
    ("schema", "schema_advice", "schema_words", "build"),
    ("model",),
    ("yaml_text", "yaml_value", "yaml_splice", "edit", "canonical", "packed_file", "whole_file"),
    ("load",),
    ("git", "clock"),
    ("starters",),
    ("compute",),
    ("change", "history"),
    ("rules",),
    ("check",),
    ("ratchet", "keeping"),
    ("impact",),
    ("result",),
    ("report", "render", "export", "exchange", "scaffold", "doctor"),
    ("run", "gate", "sides", "neighbours", "witness", "merge_record", "by_review", "pack"),
    ("audit",),
    ("__main__", "cli", "mkdocs_plugin", "mkdocs_pages", "mkdocs_run", "macros", "site", "site_files", "fast",
     "site_home", "surroundings"),
)  # fmt: skip

# A longer file needs a reason that a reader would accept.
LONG: dict[str, str] = {}
LIMIT = 300

# Effects stay at the rim: only these may write files, read the clock or start processes.
RIM = (
    "cli/",
    "git/",
    "load/known.py",
    "load/relations.py",
    "history/store.py",
    "surroundings.py",
    "fast/",
    "scaffold/",
    "exchange/",
    "pack/browser.py",
    "whole_file.py",
    "site_home.py",
)
EFFECTS = (
    r"\bdate\.today\(",
    r"\bdatetime\.now\(",
    r"\bprint\(",
    r"\bsubprocess\b",
    r"\.write_text\(",
    r"\.write_bytes\(",
    r"\.mkdir\(",
    r"\.unlink\(",
    r"\bshutil\.(?:copy|move|rmtree)",
    r"\btime\.time\(",
)
MODULES = sorted(PACKAGE.rglob("*.py"))


def _has_effect(path: Path) -> str | None:
    """The first effect that a module has."""
    text = path.read_text(encoding="utf-8")
    return next((effect for effect in EFFECTS if re.search(effect, text)), None)


def dotted(path: Path) -> str:
    name = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
    return name.removesuffix(".__init__") if name != "__init__" else name


def layer(name: str) -> int:
    best = max(
        ((len(part), number) for number, parts in enumerate(LAYERS) for part in parts
         if name == part or name.startswith(f"{part}.")),
        default=None,
    )  # fmt: skip
    assert best is not None, f"{name} belongs to no layer: add it to LAYERS and to the map in CONTRIBUTING.md"
    return best[1]


def test_the_map_names_what_there_is() -> None:
    """A name that stays in the map after its module has gone hides where the next one of that name belongs."""
    names = [name for parts in LAYERS for name in parts]
    there = {dotted(path) for path in MODULES} | {
        f"{dotted(path.parent)}" for path in MODULES if path.parent != PACKAGE
    }
    gone = [name for name in names if name not in there]
    assert not gone, (
        f"LAYERS names {', '.join(gone)}, and there is no such module: take it out, here and in CONTRIBUTING.md"
    )
    twice = sorted({name for name in names if names.count(name) > 1})
    assert not twice, f"LAYERS names {', '.join(twice)} in two layers: keep the one that its imports need"


def test_the_rim_names_what_there_is() -> None:
    modules = [path.relative_to(PACKAGE).as_posix() for path in MODULES]
    idle = [rim for rim in RIM if not any(_has_effect(PACKAGE / name) for name in modules if name.startswith(rim))]
    assert not idle, f"nothing at {', '.join(idle)} has an effect any more: take it out of RIM"


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "handrail":
            base = (node.module or "").removeprefix("handrail").removeprefix(".")
            for alias in node.names:
                inner = f"{base}.{alias.name}".strip(".")
                target = PACKAGE / inner.replace(".", "/")
                found.add(inner if target.with_suffix(".py").is_file() or target.is_dir() else base or "__init__")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path: Path) -> None:
    own = layer(dotted(path))
    upward = {name for name in imported(path) if layer(name) > own}
    assert not upward, f"{dotted(path)} reaches up to {', '.join(sorted(upward))}"


def test_no_circles() -> None:
    graph = {dotted(path): imported(path) for path in MODULES}
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " imports ".join((*trail[trail.index(name) :], name))
        if name in done:
            return
        for other in graph.get(name, ()):
            if other != name:
                walk(other, (*trail, name))
        done.add(name)

    for name in graph:
        walk(name, ())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_files_stay_small(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    name = path.relative_to(PACKAGE).as_posix()
    assert lines <= LIMIT or name in LONG, (
        f"{name} has {lines} lines: split it along its ideas, or give a reason in LONG"
    )


def test_long_files_are_still_long() -> None:
    for name in LONG:
        assert len((PACKAGE / name).read_text(encoding="utf-8").splitlines()) > LIMIT, (
            f"{name} needs no exception any more"
        )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_effects_stay_at_the_rim(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    if name.startswith(RIM):
        return
    found = _has_effect(path)
    assert not found, (
        f"{name} has an effect ({found}) and does not stand at the rim: give it what it needs as an argument, and do it in "
        "cli/, export/ or another place that RIM names"
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_at_module_level_changes(path: Path) -> None:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, (ast.Assign, ast.AnnAssign)):
            continue
        if isinstance(node.value, (ast.List, ast.Set, ast.ListComp, ast.SetComp)):
            names = [ast.unparse(one) for one in (node.targets if isinstance(node, ast.Assign) else [node.target])]
            assert names == ["__all__"], (
                f"{path.name}: {names} can be changed by whoever imports it; use a tuple or frozenset"
            )


def agree(there: set[str], listed: set[str], where: str) -> None:
    """Fail with the names that have a file and are not listed, and with those that are listed and have none."""
    missing, gone = sorted(there - listed), sorted(listed - there)
    assert not missing, f"{', '.join(missing)}: there is the file, and {where} does not list it"
    assert not gone, f"{', '.join(gone)}: {where} lists it, and there is no such file"


# Modules that are found by a name: Python's and MkDocs's own doors, formats of reports by FORMATS, commands by COMMANDS.
BY_NAME = {"__main__", "mkdocs_plugin", "macros"}


def test_every_module_is_asked_by_another() -> None:
    """A page, table, figure or check that nobody registered is in the tree and on no site."""
    scripts = [path for path in (ROOT / "scripts").rglob("*") if path.is_file() and b"python" in path.read_bytes()[:30]]
    asked = {name for path in (*MODULES, *scripts) for name in imported(path)} | BY_NAME
    asked |= {f"cli.{one.module}" for one in COMMANDS} | {f"report.{name}" for name in FORMATS}
    idle = sorted(dotted(path) for path in MODULES if path.name != "__init__.py" and dotted(path) not in asked)
    assert not idle, (
        f"nothing imports {', '.join(idle)}: name it in its registry (CONTRIBUTING.md, Where a new thing goes), or delete it"
    )


def test_commands_have_modules_and_modules_have_rows() -> None:
    folder = PACKAGE / "cli"
    helpers = {"__init__", "prompts", "running", "table", "terminal", "progress", "handbook", "workbook", "pack"}
    there = {path.stem for path in folder.glob("*.py")} - helpers
    agree(
        there, {one.module for one in COMMANDS}, "COMMANDS in cli/table.py (or, for what is no command, helpers here)"
    )
    for one in COMMANDS:
        text = (folder / f"{one.module}.py").read_text(encoding="utf-8")
        for part, what in (
            (r"^def add_arguments\(", "what it takes: `def add_arguments(parser: argparse.ArgumentParser) -> None:`"),
            (
                r"^def run\(args: argparse\.Namespace\) -> int:",
                "what it does: `def run(args: argparse.Namespace) -> int:`",
            ),
            (r"^EXAMPLES = ", "examples for --help: `EXAMPLES`"),
        ):
            assert re.search(part, text, re.MULTILINE), f"cli/{one.module}.py does not say {what}"


def test_registries_are_complete() -> None:
    helpers = {
        "__init__", "model", "safe", "harmless", "parts", "brief", "changed", "lines", "news", "digest", "improvement", "outset",
    }  # fmt: skip
    reports = {path.stem for path in (PACKAGE / "report").glob("*.py")} - helpers
    agree(reports, set(FORMATS), "FORMATS in report/ (or, for what is no format, helpers here)")
    built_in = {path.stem for path in (PACKAGE / "rules").glob("*.py") if re.fullmatch(r"[a-z]{2,4}_\d\d", path.stem)}
    agree(built_in, {one.RULE.id.lower().replace("-", "_") for one in RULES}, "_MODULES in rules/registry.py")
    for one in RULES:
        assert one.__doc__, f"the module of {one.RULE.id} has no docstring, and that is its page in the handbook"
    assert EXPORTS


def test_kinds_are_unlike_each_other() -> None:
    names = [kind.name for kind in KINDS]
    assert len(set(names)) == len(names)
    places = [(kind.pattern, kind.key) for kind in KINDS]
    assert len(set(places)) == len(places)
    for kind in KINDS:
        assert (kind.within == "project") == (kind.pattern.startswith("projects/") and kind.name != "project")


def test_the_pipeline_fits_on_a_page() -> None:
    lines = (PACKAGE / "run.py").read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if re.match(r"(def|class|@) ?", line)] + [len(lines)]
    run = next((a, b) for a, b in pairwise(starts) if lines[a].startswith("def run("))
    assert run[1] - run[0] <= 35
