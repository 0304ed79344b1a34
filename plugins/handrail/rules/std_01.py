"""A change of a standard is versioned, reasoned and dated.

Whoever changes a sentence that binds, its level, whom it binds, or the rule that checks it gives the standard a new version
and a paragraph in its list of changes, with a line `Source:` that says where it comes from: a lesson, feedback, an audit, a
law; and a line `Cost:` that estimates what it asks of project managers, also where that is nothing. Where the heading of the
paragraph names the first day, `## 1.2.0, binding from 4 December 2026`, it is the standard's `effective_from`. What becomes stricter (a new duty, a should that becomes a must, a tighter figure, a rule that bites earlier) is a new
major version and begins to bind at least fourteen days later, so that nobody is judged tomorrow by what was unknown today;
that holds for a new standard and for a draft that comes into force, too. Whether a standard is in force is part of what binds.
Until its first day the rules of a new standard only tell; a new duty of a standard that is in force carries a day of its own,
`effective_from` beside its text, and its rules wait for that one. The same notice is owed where the policy makes a rule bite
earlier, and where a new rule asks at once what was no duty before. A new standard has such a paragraph of its first version, and a
new rule comes with cases that show when it speaks and when it is silent. Prose that only explains is no change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import PurePosixPath

from handrail.compute.binding import ahead, binds_from, is_first
from handrail.fields import Entity
from handrail.load import Loaded
from handrail.model.organisation import RequirementRecord, StandardRecord
from handrail.model.repository import Repository
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.engine import World
from handrail.rules.settings import is_held, on_day
from handrail.rules.speaking import say
from handrail.rules.text import in_words

RULE = RuleFile(
    id="STD-01",
    title="A change of a standard is versioned, reasoned and dated",
    requirement="S-STANDARD.1",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="People can only keep what they could know.",
    ask="the owner of the standard",
    applies_to=AppliesTo(kind="standard"),
)
_NOTICE = timedelta(days=14)
_BINDING = re.compile(r"(\d{1,2}) ([A-Za-z]{3,9}) (\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LEVELS = ("may", "should", "must")
_STANDING = {"draft": "a draft again", "active": "in force again", "retired": "retired"}
_BITES = ("off", "watch", "gate", "merge")


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every standard whose binding part changed without version, entry or notice, and every setting without notice."""
    del loaded
    if world.before is None:
        return
    was = world.pull.was if world.pull and world.pull.was else world.before.repository
    now = world.pull.proposed if world.pull and world.pull.proposed else world.portfolio.repository
    for standard in now.standards.values():
        old = was.standards.get(standard.id)
        if old is not None and old.status != "draft":
            yield from _standard(standard, old, now, was, world)
        elif standard.status == "active" and was.standards:
            yield from _begun(standard, world)
            yield from _told(standard, now, standard.version, "is new")
    yield from _untried(now, was)
    yield from _settings(now, was, world)


def _begun(new: StandardRecord, world: World) -> Iterator[Remark]:
    """A standard that is new, or was a draft so far, in a repository that has others: its duties are announced too."""
    duty = next((one for one in new.requirements if one.level == "must"), None)
    if duty is not None:
        yield from _notice(new, f"{duty.id} is new", world)


def _notice(new: StandardRecord, what: str, world: World) -> Iterator[Remark]:
    day = world.portfolio.as_of + _NOTICE
    if new.effective_from is None or new.effective_from < day:
        yield say(RULE, new.loc.at("effective_from"), f'"{new.title}" becomes stricter sooner than people can know of it: {what}.',
                  f"Let it begin to bind fourteen days from now or later: `effective_from: {day}`.",
                  project=None, pointer=f"/{new.id}/notice")  # fmt: skip


def _standard(
    new: StandardRecord, old: StandardRecord, now: Repository, was: Repository, world: World
) -> Iterator[Remark]:
    found = [*_differences(new, old, now, was), *_suspended(new, old, world.portfolio.as_of)]
    tighter = [what for what, stricter in found if stricter]
    changed = tighter or [what for what, _ in found]
    if not changed:
        return
    before, after = _version(old), _version(new)
    what = changed[0]
    step = new.version
    if after <= before or (tighter and after[0] == before[0] and before[0] > 0):
        step = f"{before[0] + 1}.0.0" if tighter else f"{before[0]}.{before[1] + 1}.0"
        yield say(RULE, new.loc.at("version"), f'"{new.title}" changes what binds, and its version does not say so: {what}.',
                  f"Write `version: {step}`.", project=None, pointer=f"/{new.id}/version")  # fmt: skip
    yield from _told(new, now, step)
    if tighter:
        yield from _notice(new, what, world)
    yield from _sooner(new, old, world)


def _sooner(new: StandardRecord, old: StandardRecord, world: World) -> Iterator[Remark]:
    """Duties of a standard in force that begin, or begin earlier than announced, within the time of notice."""
    as_of = world.portfolio.as_of
    known = {one.id for one in old.requirements}
    for one in new.requirements:
        was = ahead(old, one.id, as_of) if one.id in known else None
        since = binds_from(new, one.id)
        begins = one.id not in known or (was is not None and (since is None or since < was))
        if one.level == "must" and begins and (since is None or since < as_of + _NOTICE):
            yield say(RULE, one.loc.at("effective_from"), f'A duty begins sooner than people can know of it: "{one.text}"',
                      f"Give it a first day of its own, fourteen days from now or later: `effective_from: {as_of + _NOTICE}`.",
                      project=None, pointer=f"/{one.id}/notice")  # fmt: skip


def _told(new: StandardRecord, now: Repository, step: str, what: str = "changes what binds") -> Iterator[Remark]:
    """What the list of changes does not say of this version: why, what it costs, and the right first day."""
    place = PurePosixPath(new.loc.file).with_name("CHANGELOG.md")
    entry = _entry(new, now)
    if entry is None or "\nSource:" not in entry:
        yield say(RULE, new.loc.at("version"), f'"{new.title}" {what}, and its list of changes does not say why.',
                  f"Add to `{place}`: a heading `## {step}`, what changed, and a line `Source: <lesson, feedback, audit or law>`.",
                  project=None, pointer=f"/{new.id}/entry")  # fmt: skip
    if entry is None or "\nCost:" not in entry:
        yield say(RULE, new.loc.at("version"),
                  f'"{new.title}" {what}, and nobody has estimated what that costs project managers.',
                  f"Add to the same paragraph of `{place}` a line such as `Cost: two minutes for each check`, or `Cost: nothing`.",
                  project=None, pointer=f"/{new.id}/cost")  # fmt: skip
    day = _first_day(entry or "")
    if day is not None and new.effective_from is not None and day != new.effective_from:
        yield say(RULE, new.loc.at("effective_from"),
                  f'"{new.title}" binds from {in_words(new.effective_from)} on, and its list of changes says {in_words(day)}.',
                  f"Write the same day at both places: `effective_from: {day}`, or correct the heading in `{place}`.",
                  project=None, pointer=f"/{new.id}/day")  # fmt: skip


def _first_day(entry: str) -> date | None:
    """The day that the heading of a paragraph names; None where it names none that can be read."""
    found = _BINDING.search(entry.partition("\n")[0])
    if found is None or found[2].lower()[:3] not in _MONTHS:
        return None
    try:
        return date(int(found[3]), _MONTHS.index(found[2].lower()[:3]) + 1, int(found[1]))
    except ValueError:
        return None


def _differences(
    new: StandardRecord, old: StandardRecord, now: Repository, was: Repository
) -> Iterator[tuple[str, bool]]:
    """What binds otherwise than before, in a few words, and whether it is stricter."""
    if new.status != old.status:
        yield f"it is {_STANDING[new.status]}", new.status == "active"
    before = {one.id: one for one in old.requirements}
    after = {one.id: one for one in new.requirements}
    for name in before.keys() - after.keys():
        yield f"{name} is gone", False
    for name, one in after.items():
        known = before.get(name)
        if known is None:
            yield f"{name} is new", one.level == "must"
        elif _binding(one) != _binding(known):
            yield f"{name} reads otherwise", _stricter(one, known)
        elif one.effective_from != known.effective_from:
            yield f"{name} binds from another day", False
    mine = set(before) | set(after)
    for name in {one.id for each in (now, was) for one in each.rules.values() if one.requirement in mine}:
        rule, known_rule = now.rules.get(name), was.rules.get(name)
        if rule is None or known_rule is None:
            yield f"{name} {'is new' if known_rule is None else 'is gone'}", rule is not None and rule.level == "must"
        elif _judging(rule) != _judging(known_rule):
            yield (
                f"{name} asks something else",
                _earlier(rule.enforce_at, known_rule.enforce_at) or rule.params != known_rule.params,
            )


def _suspended(new: StandardRecord, old: StandardRecord, as_of: date) -> Iterator[tuple[str, bool]]:
    """A standard in force that calls itself a first version of days to come: its rules would only tell until then."""
    if _waits(new, as_of) and not _waits(old, as_of):
        yield "it is in force, and would bind from another day", False


def _waits(one: StandardRecord, as_of: date) -> bool:
    return is_first(one) and one.effective_from is not None and one.effective_from > as_of


def _binding(one: RequirementRecord) -> tuple[object, ...]:
    return " ".join(one.text.split()), one.level, one.tiers, frozenset(one.verified_by)


def _stricter(new: RequirementRecord, old: RequirementRecord) -> bool:
    higher = _LEVELS.index(new.level) > _LEVELS.index(old.level)
    wider = bool(old.tiers) and (not new.tiers or not set(new.tiers) <= set(old.tiers))
    checked = bool(set(new.verified_by) - set(old.verified_by))
    return higher or (new.level == "must" and (wider or checked))


def _judging(rule: RuleFile) -> tuple[object, ...]:
    """What decides how a rule judges; its words for people may change freely."""
    checks = tuple((one.assert_, one.each, one.when, one.enforce_at) for one in rule.checks)
    applies: Entity = rule.applies_to
    return applies, rule.level, rule.enforce_at, rule.waivable, dict(rule.params), rule.each, rule.when, rule.on, checks


def _untried(now: Repository, was: Repository) -> Iterator[Remark]:
    """New rules without cases: nobody has seen when they speak, and whether bad news still merges."""
    cases = [path for path in now.tree.paths() if path.endswith(".test.yaml")]
    for rule in now.rules.values() if was.rules else ():
        mine = re.compile(rf"^rule: *{re.escape(rule.id)}\b".encode(), re.MULTILINE)
        beside = PurePosixPath(rule.loc.file).parent
        if rule.id not in was.rules and not any(
            mine.search(now.tree.read(path)) for path in cases if PurePosixPath(path).parent == beside
        ):
            place = rule.loc.file.replace(".rule.yaml", ".test.yaml")
            yield say(RULE, rule.loc.at("id"), f'"{rule.title}" is a new rule, and no case shows when it speaks and when it is silent.',
                      f"Write them into `{place}`, as those of the other rules; `handrail test-rules {rule.id}` runs them.",
                      project=None, pointer=f"/{rule.id}/cases")  # fmt: skip


def _settings(now: Repository, was: Repository, world: World) -> Iterator[Remark]:
    """Rules that the policy lets bite earlier within the time of notice."""
    as_of = world.portfolio.as_of
    soon = as_of + _NOTICE - timedelta(days=1)
    for rule in now.rules.values():
        known = was.rules.get(rule.id)
        if known is None and (rule.level != "must" or is_held(rule.id, waivable=rule.waivable) or not was.rules):
            continue
        new = on_day(rule, now, soon).enforce_at or "off"
        old = (on_day(known, was, soon).enforce_at or "off") if known is not None else "watch"
        if _earlier(new, old):
            spot = next(
                (one.loc.at("from") for one in now.policy.enforcement.rules if one.rule == rule.id),
                rule.loc.at("enforce_at"),
            )
            line = f"{{rule: {rule.id}, enforce_at: {new}, from: {as_of + _NOTICE}}}"
            yield say(RULE, spot, f'"{rule.title}" shall bite {"earlier, and " if known else ""}sooner than people can know of it.',
                      f"Give two weeks of notice. Where the policy sets it: `from: {as_of + _NOTICE}`. Where the rule itself says so: "
                      f"`enforce_at: {old}` in the rule, and under `rules` of `standards/policy/enforcement.yaml`: `- {line}`.",
                      project=None, pointer=f"/settings/{rule.id}")  # fmt: skip


def _earlier(new: str, old: str) -> bool:
    return _BITES.index(new) > _BITES.index(old)


def _version(one: StandardRecord) -> tuple[int, ...]:
    return tuple(int(part) for part in one.version.split("."))


def _entry(standard: StandardRecord, repository: Repository) -> str | None:
    """The paragraph of the list of changes on this version, from its heading on; None where there is none."""
    place = str(PurePosixPath(standard.loc.file).with_name("CHANGELOG.md"))
    try:
        text = repository.tree.read(place).decode("utf-8", "replace")
    except OSError:
        return None
    parts = text.split("\n## ")
    return next((one for one in parts if re.split(r"[\s,]", one, maxsplit=1)[0] == standard.version), None)
