"""`handrail explain`: a rule in words, or a remark with the values that led to it."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from handrail import english
from handrail.check import trace_of
from handrail.cli.progress import judged
from handrail.cli.terminal import UsageError, add_as_of, add_root, colours, root_of, say
from handrail.fields import Entity, noun
from handrail.model.advice import Playbook
from handrail.model.organisation import RequirementRecord
from handrail.model.rule_file import RuleFile
from handrail.remark import Remark
from handrail.report import report_of
from handrail.report.lines import wrapped
from handrail.report.safe import safe
from handrail.report.text import lines_of, paint
from handrail.result import Result
from handrail.rules.registry import RULES
from handrail.rules.settings import on_day, turns
from handrail.rules.text import in_words
from handrail.slips import near

EXAMPLES = """examples:
  handrail explain              every rule in a line
  handrail explain RSK-01       one rule
  handrail explain risk         the rules whose id, title or standard speaks of it
  handrail explain S-RISK.2     a requirement of a standard, and the rules that verify it
  handrail explain 3fa2b1c9     one remark, by the first letters of its fingerprint (--format json shows it)"""
_BITES = {
    "merge": "It stops a change until it is mended.",
    "gate": "It is listed at once and stops only the next gate.",
    "watch": "It stops nothing; it is an alarm to whoever owns the matter.",
}
_SHORTEST = 6
_COUNTED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "what",
        nargs="?",
        metavar="RULE|REQUIREMENT|WORD|REMARK",
        help="a rule's or requirement's id, a word to look for, or a remark's fingerprint",
    )
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Show the list, the rule or the remark."""
    result = judged(root_of(args.root), args.as_of)
    on = colours()
    rules = result.judgement.rules
    if args.what is None:
        lines: Iterator[str] = _list(result, on=on)
    elif args.what.upper() in rules:
        lines = _rule(rules[args.what.upper()], result, on=on)
    elif found := _required(args.what, result):
        lines = _requirements(found, result, on=on)
    elif about := _about(args.what, result):
        lines = _list(result, about, on=on)
    else:
        lines = _remark(_find(args.what, result), result, on=on)
    for line in lines:
        say(line)
    return 0


def _find(what: str, result: Result) -> Remark:
    found = [one for one in result.remarks if len(what) >= _SHORTEST and one.fingerprint.startswith(what.lower())]
    if len({one.fingerprint for one in found}) == 1:
        return found[0]
    if what.upper() in result.portfolio.repository.rules:
        raise UsageError(f"the rule `{what.upper()}` cannot be understood; `handrail check` says why.")
    guess = near(what, result.judgement.rules)
    hint = f" Did you mean `{guess}`?" if guess else " `handrail explain` lists the rules."
    raise UsageError(f"there is no rule, no requirement and no remark `{what}`, and no rule speaks of it.{hint}")


def _required(what: str, result: Result) -> list[RequirementRecord]:
    """The requirement of this id, or all of the standard of this id."""
    every = [one for standard in result.portfolio.repository.standards.values() for one in standard.requirements]
    return [one for one in every if what.upper() in {one.id.upper(), one.id.upper().rpartition(".")[0]}]


def _requirements(found: list[RequirementRecord], result: Result, *, on: bool) -> Iterator[str]:
    """What a standard asks, and by which rules it is seen to."""
    for number, one in enumerate(found):
        if number:
            yield ""
        yield paint(f"{one.id}  {one.level}", "bold", on=on)
        yield from wrapped(one.text)
        rules = [name for name in one.verified_by if name in result.judgement.rules]
        for name in rules:
            yield f"    {name}  {_bites(name, result):<7} {result.judgement.rules[name].title}"
        if not rules:
            yield "    No rule verifies it: people look at it."
    yield "\n`handrail explain RULE` says more about a rule."


def _about(what: str, result: Result) -> list[str]:
    """The rules whose id, title or standard has a word, as it is or with an ending."""
    word = re.compile(rf"\b{re.escape(what.lower())}(s|es)?\b")
    standards = result.portfolio.repository.standards
    found = []
    for name, rule in result.judgement.rules.items():
        standard = standards.get(rule.requirement.split(".", 1)[0])
        texts = (name, rule.title, rule.requirement, standard.title if standard else "")
        if any(word.search(text.lower()) for text in texts):
            found.append(name)
    return found


def _bites(name: str, result: Result) -> str:
    return result.judgement.settings[name].enforce_at or "off"


def _list(result: Result, only: Collection[str] | None = None, *, on: bool) -> Iterator[str]:
    """A rule in a line: its id, when it bites, how strongly it binds, how many remarks there are today, and what it asks."""
    told = Counter(one.rule for one in result.remarks if one.state != "waived")
    names = sorted(result.judgement.rules if only is None else only)
    rows = [
        (name, _bites(name, result), result.judgement.rules[name].level, f"{told[name]:,}" if told[name] else "",
         result.judgement.rules[name].title)
        for name in names
    ]  # fmt: skip
    heads = ("rule", "bites", "binds", "remarks", "what it asks")
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads) - 1)]
    for row in (heads, *rows):
        cells = [
            cell.rjust(width) if i == _COUNTED else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=False))
        ]
        line = "  ".join((*cells, row[-1])).rstrip()
        yield paint(line, "dim", on=on) if row is heads else line
    yield "\n`handrail explain RULE` says more about one. Bites: merge stops a change, gate the next gate, watch nothing."


def _rule(rule: RuleFile, result: Result, *, on: bool) -> Iterator[str]:
    setting = result.judgement.settings[rule.id]
    yield paint(f"{rule.id}  {rule.title}", "bold", on=on)
    standard = result.portfolio.repository.standards.get(rule.requirement.split(".", 1)[0])
    texts = [one.text for one in standard.requirements if one.id == rule.requirement] if standard else []
    yield f"\n{rule.requirement}: {texts[0]}" if texts else f"\nVerifies {rule.requirement}."
    if rule.why:
        yield f"Why: {rule.why}"
    yield f"How strongly: {rule.level}. {_BITES[setting.enforce_at] if setting.enforce_at else 'It is switched off here.'}"
    yield from _later(rule, result)
    applies = rule.applies_to
    whom = f"{', '.join(applies.tiers)} " if applies.tiers else ""
    yield f"Whom: {whom}{applies.kind}s" + (f" from {applies.from_phase} on" if applies.from_phase else "")
    for name, value in setting.params.items():
        yield f"Figure: {name} = {in_words(value)}"
    built_in = next((one for one in RULES if one.RULE.id == rule.id), None)
    if built_in is not None:
        yield "\n" + (built_in.__doc__ or "").strip()
    for check in rule.checks:
        told = (
            ("each of", check.each or rule.each), ("where", check.when or rule.when), ("must be so", check.assert_),
            ("else", check.message), ("fix", check.fix),
        )  # fmt: skip
        yield "\n" + "\n".join(f"  {name}: {value}" for name, value in told if value)
    failing = sorted({one.project for one in result.remarks if one.rule == rule.id and one.project})
    yield f"\nProjects with a remark today: {', '.join(failing) or 'none'}"
    if rule.ask:
        yield f"Ask: {rule.ask}"
    for playbook in result.portfolio.repository.every(Playbook):
        if rule.id in playbook.rules:
            yield f"Playbook: {playbook.title} (standards/playbooks/{playbook.id}.md)"
    yield f"Unclear, too heavy or wrong? `handrail new feedback PROJECT --set about={rule.id} --set kind=unclear` tells the PMO."
    if rule.waivable:
        yield "A project may ask for a deviation: a file in its folder `waivers/`, with a reason, what it does instead, and an end."


def _later(rule: RuleFile, result: Result) -> Iterator[str]:
    """From which day on the rule bites otherwise than today, by the policy or because its requirement binds from then on."""
    repository = result.portfolio.repository
    bites = result.judgement.settings[rule.id].enforce_at
    for day in turns(rule, repository, result.portfolio.as_of):
        then = on_day(rule, repository, day).enforce_at
        if then != bites:
            yield f"From {english.day(day)}: {_BITES[then] if then else 'It is switched off.'}"
            bites = then


def _remark(remark: Remark, result: Result, *, on: bool) -> Iterator[str]:
    alone = replace(result, judgement=replace(result.judgement, remarks=(remark,)))
    yield from lines_of(remark, report_of(alone, colour=on))
    reads = trace_of(result.judgement, remark)
    if reads:
        yield "\nWhat was read:"
        for read in reads:
            yield f"  {_owner(read.owner)}{read.field}: {safe(in_words(read.value))[:120]}"
    for playbook in result.portfolio.repository.every(Playbook):
        if remark.rule in playbook.rules:
            yield f"\nPlaybook: {playbook.title} (standards/playbooks/{playbook.id}.md)"
    yield f"\n`handrail explain {remark.rule}` says more about the rule, and how to tell the PMO what is wrong with it."


def _owner(owner: object) -> str:
    if not isinstance(owner, Entity):
        return ""
    name = getattr(owner, "id", None)
    return f"{noun(type(owner))} {name}, " if name else f"{noun(type(owner))}, "
