"""Runs the cases of rules: a comment `# remark: RSK-01` marks the line where a remark must stand, and all else is silent.

A marked line speaks once, so that nobody is told the same thing twice; `# remark: RSK-01 x2` where it must speak twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from handrail.compute.portfolio import compute
from handrail.compute.workdays import WorkDays
from handrail.english import count, verb
from handrail.load.reading import Reading
from handrail.model.kinds import kind_of
from handrail.model.repository import Repository
from handrail.model.rule_file import RuleCase, RuleCases, RuleFile
from handrail.remark import Remark, Span
from handrail.rules.case_world import CaseWorld, case_world
from handrail.rules.compiled import CompiledRule, compile_rule
from handrail.rules.engine import Runner, World
from handrail.rules.settings import Setting, plain
from handrail.source import Places, locate, span_of

_MARK = re.compile(r"#\s*remark:\s*([A-Z]{2,4}-[0-9]{2,3})(?:\s+x([1-9]))?\s*$")
KINDS = ("fires", "silent", "bad news")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What became of one case. `problems` are (line, what is wrong); none means that it holds."""

    rule: str
    file: str
    name: str
    kind: str
    line: int
    problems: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """Where a case begins, and how often each of its marked lines must speak."""

    line: int
    expected: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesResult:
    """All cases of a repository, the rules that lack some, and what could not be read."""

    cases: tuple[CaseResult, ...]
    lacking: tuple[tuple[str, str, str], ...]
    remarks: tuple[Remark, ...]

    @property
    def failed(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.lacking or self.remarks or any(one.problems for one in self.cases))


def run_cases(
    repository: Repository, only: frozenset[str] = frozenset(), tick: Callable[[int, int], None] | None = None
) -> CasesResult:
    """Run every case in the repository, or those of some rules. `tick` is told how many files of cases were looked at."""
    reading = Reading(tree=repository.tree, currency=repository.currency)
    results: list[CaseResult] = []
    remarks: list[Remark] = []
    lacking: list[tuple[str, str, str]] = []
    seen: set[str] = set()
    broken: set[str] = set()
    files = [path for path in repository.tree.paths() if path.endswith(".test.yaml") and kind_of(path) is not None]
    for number, path in enumerate(files, 1):
        if tick is not None:
            tick(number, len(files))
        cases = reading.entity(RuleCases, path, None)
        if cases is None and (known_rule := _rule_of(reading, path, repository)) is not None:
            seen.add(known_rule)  # its cases cannot be read, and that is told
            if not only or known_rule in only:
                broken.add(path)
        if cases is None or (only and cases.rule not in only):
            continue
        rule = repository.rules.get(cases.rule)
        seen.add(cases.rule)
        if rule is None:
            lacking.append((cases.rule, path, "There is no rule of this id."))
            continue
        ready = compile_rule(rule)
        if not isinstance(ready, CompiledRule):
            remarks += ready
            continue
        whole = _with_empty(cases, reading.raw.get(path) or {})
        done = list(_run_file(repository, ready, whole, path))
        results += done
        lacking += _lacks(rule, whole, done)
    for rule in repository.rules.values():
        if rule.id not in seen and (not only or rule.id in only):
            lacking.append(
                (rule.id, rule.loc.file, "The rule has no cases: add a file with the ending `.test.yaml` beside it.")
            )
    remarks += (
        one
        for one in reading.remarks
        if not only or one.loc.file in broken or any(one.loc.file == case.file for case in results)
    )
    return CasesResult(cases=tuple(results), lacking=tuple(lacking), remarks=tuple(remarks))


def _rule_of(reading: Reading, path: str, repository: Repository) -> str | None:
    """Whose cases a file holds that cannot be read as a whole: by its field, or by its name."""
    given = (reading.raw.get(path) or {}).get("rule")
    if isinstance(given, str) and given in repository.rules:
        return given
    stem = path.removesuffix(".test.yaml")
    return next((one.id for one in repository.rules.values() if one.loc.file == f"{stem}.rule.yaml"), None)


def _with_empty(cases: RuleCases, raw: Mapping[str, Any]) -> RuleCases:
    """The cases with the fields that they leave empty on purpose: an entity keeps only what is filled in."""
    written = [one if isinstance(one, Mapping) else {} for one in raw.get("cases") or ()]
    if len(written) != len(cases.cases):  # a case could not be read, and that is said already
        return cases
    whole = (
        replace(case, given=one.get("given") or {}, before=one.get("before") or {})
        for case, one in zip(cases.cases, written, strict=True)
    )
    return replace(cases, cases=tuple(whole))


def _run_file(repository: Repository, ready: CompiledRule, cases: RuleCases, path: str) -> Iterator[CaseResult]:
    data = repository.tree.read(path)
    places = locate(path, data)
    lines = data.decode("utf-8", "replace").splitlines()
    marks = {
        number: int(found[2] or 1)
        for number, line in enumerate(lines, 1)
        if (found := _MARK.search(line)) and found[1] == cases.rule
    }
    claimed: set[int] = set()
    for number, case in enumerate(cases.cases):
        whole = places.get(("cases", number))
        begin, end = (whole[1].line, _end_of(whole[1])) if whole else (1, len(lines))
        expected = {line: count for line, count in marks.items() if begin <= line <= end}
        claimed |= expected.keys()
        world = case_world(repository, ready.kind, case, number, path)
        problems = tuple(_problems(ready, case, world, places, _Marks(line=begin, expected=expected)))
        kind = case.kind or ("fires" if expected else "silent")
        yield CaseResult(rule=ready.rule.id, file=path, name=case.name, kind=kind, line=begin, problems=problems)
    for line in sorted(marks.keys() - claimed):
        yield CaseResult(
            rule=cases.rule, file=path, name="outside every case", kind="", line=line,
            problems=((line, "This mark belongs to no case."),),
        )  # fmt: skip


def _end_of(span: Span) -> int:
    # a block ends where the next thing begins, at its first column
    return span.end_line - 1 if span.end_column == 1 else span.end_line


def _problems(
    ready: CompiledRule, case: RuleCase, world: CaseWorld, places: Places, at: _Marks
) -> Iterator[tuple[int, str]]:
    """Everything that is otherwise than the case says."""
    if world.remarks:
        yield from ((span_of(places, one.loc).line, one.message) for one in world.remarks)
        return
    line, expected = at.line, at.expected
    said: dict[int, list[Remark]] = {}
    for remark in _said(ready, world):
        said.setdefault(span_of(places, remark.loc).line, []).append(remark)
    silent = sorted(expected.keys() - said.keys())
    yield from ((number, "A remark is expected here, and the rule is silent.") for number in silent)
    yield from _unexpected(expected, said)
    if case.kind == "fires" and not expected:
        yield line, "The case says that the rule fires, but no line is marked with `# remark:`."
    if case.kind == "silent" and expected:
        yield line, "The case says that the rule is silent, but a line is marked."
    if case.kind == "bad news" and any(one.enforce_at == "merge" for ones in said.values() for one in ones):
        yield line, "Bad news must always merge, but this would block it."


def _said(ready: CompiledRule, world: CaseWorld) -> Iterator[Remark]:
    days = WorkDays.of(world.after.organisation.calendar)
    portfolio = compute(world.after, world.as_of)
    before = compute(world.before, world.as_of) if world.before else None
    return Runner(World(portfolio=portfolio, before=before, workdays=days)).run(ready, _own_setting(ready.rule))


def _unexpected(expected: Mapping[int, int], said: Mapping[int, list[Remark]]) -> Iterator[tuple[int, str]]:
    """A line that is not marked must be silent, and a marked one speaks once, or as often as the mark says (` x2`)."""
    for at, remarks in sorted(said.items()):
        if at not in expected:
            yield from ((at, f"Nobody expects this remark: {one.message}") for one in remarks)
        elif len(remarks) != expected[at]:
            words = " ".join(one.message for one in remarks)
            yield (
                at,
                f"{count(expected[at], 'remark')} {verb(expected[at], 'is')} expected here, and there {verb(len(remarks), 'is')} {len(remarks)}: {words}",
            )


def _own_setting(rule: RuleFile) -> Setting:
    params = {name: plain(value) for name, value in rule.params.items()}
    return Setting(enforce_at=rule.enforce_at, params=params, tier_params={})


def _lacks(rule: RuleFile, cases: RuleCases, done: list[CaseResult]) -> Iterator[tuple[str, str, str]]:
    kinds = {one.kind for one in done}
    wanted = {"fires": "a case in which the rule speaks", "silent": "a case in which the rule is silent"}
    for kind, words in wanted.items():
        if kind not in kinds:
            yield rule.id, cases.loc.file, f"The rule lacks {words}."
    if cases.no_bad_news:
        return
    if "bad news" not in kinds:
        yield rule.id, cases.loc.file, "The rule lacks a case of honest bad news that passes (`kind: bad news`), or `no_bad_news:` with the reason why there is none."  # fmt: skip
    elif not any(one.kind == "bad news" and one.before for one in cases.cases):
        yield rule.id, cases.loc.file, "No case of bad news says what stood there before (`before:`), so none shows a change that merges."  # fmt: skip
