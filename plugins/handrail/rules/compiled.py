"""A rule file made ready to run: every expression checked against the model, every fault with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handrail.load.projects import ATTACHED
from handrail.load.remarks import unreadable
from handrail.model.kinds import BY_NAME
from handrail.model.organisation import StandardRecord
from handrail.model.project import Plan
from handrail.model.rule_file import Check, RuleFile
from handrail.remark import EnforceAt, Loc, Remark
from handrail.rules.expression import Fault, Program, compile_expression
from handrail.rules.hints import innermost
from handrail.rules.names import portfolio_shape, shape_of
from handrail.rules.settings import plain
from handrail.rules.shapes import ANY, BOOL, DATE, NUMBER, TEXT, ListOf, ObjectShape, Shape, fields_of, words
from handrail.rules.text import Later, Template, compile_text
from handrail.slips import near, offered

_REMOVED = re.compile(r"\s*removed\((.*)\)\s*\Z", re.DOTALL)
_AT = re.compile(r"[a-z_]+(\.[a-z_]+)*\Z")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class CompiledCheck:
    """One thing that must be so. `at` are the steps from the thing that is looked at to the field to edit.

    `reads_old`: it compares with what stood before, and is silent where nothing did.
    """

    program: Program
    at: tuple[str, ...]
    message: Template | Later
    fix: Template | Later | None
    measure: Program | None
    each: Program | None
    when: Program | None
    enforce_at: EnforceAt | None
    reads_old: bool
    removed: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class CompiledRule:
    """A rule ready to run. `reads_old`: what it looks at comes from before, so it is silent where nothing stood."""

    rule: RuleFile
    kind: str
    applies: Program | None
    each: Program | None
    removed: bool
    when: Program | None
    checks: tuple[CompiledCheck, ...]
    reads_old: bool


def compile_rule(rule: RuleFile, *, sound: bool = False) -> CompiledRule | tuple[Remark, ...]:
    """Make a rule ready, or say everything that is wrong with it, at its own lines.

    `sound` says that these very words were found right before: then a message is made only when it is spoken.
    """
    return _Compiler(rule, sound=sound).compile()


class _Compiler:
    def __init__(self, rule: RuleFile, *, sound: bool) -> None:
        self.rule = rule
        self.sound = sound
        self.faults: list[Remark] = []
        self.programs: list[Program] = []

    def compile(self) -> CompiledRule | tuple[Remark, ...]:
        rule = self.rule
        kind = rule.applies_to.kind
        roots = self._roots(kind)
        if roots is None:
            return tuple(self.faults)
        applies = self._condition(rule.applies_to.when, roots, ("applies_to", "when"))
        each, removed = self._each(self.rule.each, roots, ("each",))
        if each is not None:
            roots |= self._items(each, ("each",))
        when = self._condition(rule.when, roots, ("when",))
        reads_old = removed or any(self._old(one) for one in self.programs)
        if not rule.checks:
            self._say(("checks",), "The rule checks nothing.", "Add a check with `assert` and `message`.")
        checks = [self._check(i, one, roots) for i, one in enumerate(rule.checks)]
        if self.faults:
            return tuple(self.faults)
        return CompiledRule(
            rule=rule, kind=kind, applies=applies, each=each, removed=removed, when=when,
            checks=tuple(one for one in checks if one is not None), reads_old=reads_old,
        )  # fmt: skip

    @staticmethod
    def _old(program: Program) -> bool:
        return any(name.split(".", 1)[0] in {"old", "item_old"} for name in program.reads)

    def _roots(self, kind: str) -> dict[str, Shape] | None:
        common: dict[str, Shape] = {
            "portfolio": portfolio_shape(),
            "as_of": DATE,
            "target": TEXT,
            "params": _params(self.rule),
        }
        project = shape_of(Plan)
        if kind == "project":
            return {**common, "project": project, "old": project}
        if kind == "portfolio":
            return {**common, "old": portfolio_shape()}
        if kind == "standard":
            shape: Shape = shape_of(StandardRecord)
            return {**common, "standard": shape, "old": shape}
        if kind in ATTACHED:
            shape = shape_of(BY_NAME[kind].cls)
            return {**common, "project": project, kind: shape, "old": shape}
        known = ", ".join(["project", "portfolio", "standard", *ATTACHED])
        self._say(("applies_to", "kind"), f"A rule cannot look at a {kind}.", f"Choose one of {known}.")
        return None

    def _each(
        self, source: str | None, roots: Mapping[str, Shape], at: tuple[str | int, ...]
    ) -> tuple[Program | None, bool]:
        if source is None:
            return None, False
        match = _REMOVED.match(source)
        return self._program(match.group(1) if match else source, roots, at), match is not None

    def _items(self, each: Program, at: tuple[str | int, ...]) -> dict[str, Shape]:
        item = each.shape.item if isinstance(each.shape, ListOf) else ANY
        if not isinstance(each.shape, ListOf) and each.shape != ANY:
            self._say(at, "`each` must name a list.", "For example `each: project.risks`.")
        return {"item": item, "item_old": item}

    def _check(self, number: int, check: Check, roots: Mapping[str, Shape]) -> CompiledCheck | None:
        spot = ("checks", number)
        before = len(self.programs)
        each, removed = self._each(check.each, roots, (*spot, "each"))
        if check.each is not None and self.rule.each is not None:
            self._say(
                (*spot, "each"), "The rule goes through a list already.", "Put `each` at the rule or at its checks."
            )
        if each is not None:
            roots = {**roots, **self._items(each, (*spot, "each"))}
        if check.when is not None and check.each is None:
            self._say(
                (*spot, "when"), "`when` of a check chooses among the entries of its own `each`, and there is none.",
                "Put `when` at the rule, beside its `each`." if self.rule.each is not None
                else "Add `each` to this check, such as `each: project.risks`, or put `when` at the rule.",
            )  # fmt: skip
        when = self._condition(check.when, roots, (*spot, "when"))
        program = self._condition(check.assert_, roots, (*spot, "assert"))
        message = self._text(check.message, roots, (*spot, "message"))
        fix = self._text(check.fix, roots, (*spot, "fix")) if check.fix else None
        measure = self._program(check.measure, roots, (*spot, "measure")) if check.measure else None
        if check.at is not None and not self.sound:
            self._place(check.at, roots, (*spot, "at"))
        if program is None or message is None:
            return None
        at = tuple(check.at.split(".")) if check.at else ()
        return CompiledCheck(
            program=program, at=at, message=message, fix=fix, measure=measure, each=each, when=when,
            enforce_at=check.enforce_at, removed=removed,
            reads_old=removed or any(self._old(one) for one in self.programs[before:]),
        )  # fmt: skip

    def _place(self, written: str, roots: Mapping[str, Shape], at: tuple[str | int, ...]) -> None:
        """A field that is not there would point nowhere, and the remark would stand at the head of the file.

        A computed member has no place of its own: then `at` is a field of the thing that the rule looks at.
        """
        if not _AT.match(written):
            self._say(at, "`at` must name a field.", "For example `at: owner` or `at: budget.approved`.")
            return
        kind = self.rule.applies_to.kind
        found = [_missing(written, roots[name]) for name in ("item", kind) if name in roots]
        missing = [one for one in found if one is not None]
        if len(missing) < len(found):
            return
        what, name, fields = next((one for one in missing if near(one[1], one[2])), missing[0])
        meant = near(name, fields)
        self._say(
            at, f"`at` must name a field, and {what} has no `{name}`.",
            f"Did you mean `{meant}`?" if meant else f"Name the field to edit: {offered(name, fields)}." if fields
            else f"Leave out `.{name}`.",
        )  # fmt: skip

    def _condition(self, source: str | None, roots: Mapping[str, Shape], at: tuple[str | int, ...]) -> Program | None:
        program = self._program(source, roots, at) if source is not None else None
        if program is not None and program.shape not in {BOOL, ANY}:
            self._say(
                at, "This is no condition: it gives no yes or no.", "Compare it with something, or use `has(...)`."
            )
        return program

    def _program(self, source: str, roots: Mapping[str, Shape], at: tuple[str | int, ...]) -> Program | None:
        made = compile_expression(source, roots)
        if isinstance(made, Program):
            self.programs.append(made)
            return made
        self._faults(made, source, at)
        return None

    def _text(self, source: str, roots: Mapping[str, Shape], at: tuple[str | int, ...]) -> Template | Later | None:
        if self.sound:
            return Later(source=source, roots=roots)
        made = compile_text(source, roots)
        if isinstance(made, Template):
            return made
        self._faults(made, source, at)
        return None

    def _faults(self, faults: tuple[Fault, ...], source: str, at: tuple[str | int, ...]) -> None:
        for fault in faults:
            part = source[fault.offset : fault.offset + max(fault.length, 1)].strip()
            where = f" (at `{part[:40]}`)" if part else ""
            self._say(
                at, f"Rule {self.rule.id} cannot be understood: {fault.message}{where}.", "Correct the expression."
            )

    def _say(self, at: tuple[str | int, ...], message: str, fix: str) -> None:
        loc = Loc(self.rule.loc.file, at)
        self.faults.append(unreadable(loc, message, fix, project=None))


def _missing(written: str, shape: Shape) -> tuple[str, str, Mapping[str, Shape]] | None:
    """The first step that is no field: what lacks it, the step, and the fields there are; None where all are known."""
    for name in written.split("."):
        fields = fields_of(shape)
        if fields is None:
            return None
        if name not in fields:
            holder = innermost(shape)
            return (holder.name if isinstance(holder, ObjectShape) else words(holder)), name, fields
        shape = fields[name]
    return None


def _params(rule: RuleFile) -> ObjectShape:
    return ObjectShape("figures", {name: _value_shape(plain(value)) for name, value in rule.params.items()})


def _value_shape(value: Any) -> Shape:
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, (int, Decimal)):
        return NUMBER
    if isinstance(value, str):
        return TEXT
    return ListOf(_value_shape(value[0])) if isinstance(value, list) and value else ANY
