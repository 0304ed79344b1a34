"""Asking for a record on a terminal: one question a field, with what is proposed, and nothing that is known already."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from handrail.cli.terminal import UsageError
from handrail.fields import Field, fields_of
from handrail.model.repository import Repository
from handrail.model.words import Tier
from handrail.scaffold.records.forms import Form
from handrail.scaffold.records.values import NotUnderstood, value_of
from handrail.schema import check
from handrail.schema_advice import sample

Ask = Callable[[str], str]
TROUBLE = ("because", "back_to_green", "what_we_do", "decisions_asked")
"""What a report says only when something is wrong."""


def ask_record(form: Form, known: Mapping[str, Any], ask: Ask = input) -> tuple[dict[str, Any], str]:
    """The fields that were answered, and the prose of a report. What is known is proposed; Enter keeps or skips."""
    fields = {one.key: one for one in fields_of(form.kind.cls)}
    found: dict[str, Any] = {}
    for key in form.ask:
        if form.word == "report" and key in TROUBLE and not _wanted(key, {**known, **found}):
            continue
        if key in known and key not in _CONFIRMED:
            continue
        if key == "decisions_asked":
            asked = _decision(ask)
            found |= {key: [asked]} if asked else {}
            continue
        value = _answer(form, fields[key], known.get(key), ask)
        if value is not None:
            found[key] = value
    body = ""
    if form.word == "report":
        parts = [(word, _line(f"{word} (Enter: nothing)", ask)) for word in ("Done", "Next")]
        body = " ".join(f"{word}: {text.rstrip('.')}." for word, text in parts if text)
    return found, body


_CONFIRMED = frozenset({"status", "because", "back_to_green", "what_we_do", "gate", "expires"})
"""Fields that are proposed and asked for all the same: last month's word may not hold any more."""


def _wanted(key: str, so_far: Mapping[str, Any]) -> bool:
    """A green month says nothing of what amber and red must explain, except why the figures are wrong."""
    worse = so_far.get("status") in {"amber", "red"}
    return worse or (key == "because" and so_far.get("computed") in {"amber", "red"})


def _answer(form: Form, field: Field, proposed: Any, ask: Ask) -> Any:
    shown = ", ".join(map(str, proposed)) if isinstance(proposed, list) else proposed
    about = f" ({', '.join(field.type.values)})" if field.type.values else f" ({field.description.rstrip('.')})"
    while True:
        text = _line(f"{field.title}{about}" + (f" [{shown}]" if shown not in (None, "") else ""), ask)
        if not text and (proposed is not None or not field.required):
            return proposed
        try:
            value = value_of(field, [text])
        except NotUnderstood as error:
            _tell(str(error), ask)
            continue
        wrong = [one for one in check(form.kind.cls, {field.key: value}) if one.path[:1] == (field.key,)]
        if text and not wrong:
            return value
        _tell(f"{wrong[0].message} {wrong[0].fix}" if wrong else f"{field.title} is needed.", ask)


def _decision(ask: Ask) -> dict[str, Any] | None:
    """A decision that is asked for: what, of whom, and until when."""
    what = _line("Decision you need (Enter: none)", ask)
    if not what:
        return None
    given = {"ask": what, "from": _line("From whom (handle or board)", ask), "by": _line("By when", ask)}
    return {key: value for key, value in given.items() if value}


def _line(what: str, ask: Ask) -> str:
    try:
        return ask(f"{what}: ").strip()
    except EOFError:
        raise UsageError(f"nothing was written: {what} is not said.") from None


def _tell(text: str, ask: Ask) -> None:
    if ask is input:
        print(text)


def from_words(form: Form, words: list[str]) -> dict[str, Any]:
    """The fields given as FIELD=VALUE. Raises UsageError for a name that the record does not have."""
    from handrail.slips import near

    fields = {one.key: one for one in fields_of(form.kind.cls)}
    texts: dict[str, list[str]] = {}
    for word in words:
        key, equals, text = word.partition("=")
        key = key.strip().replace("-", "_")
        if not equals or key not in fields:
            guess = near(key, fields)
            hint = f"Did you mean `{guess}`?" if guess else f"`handrail new {form.word} --fields` lists them."
            raise UsageError(f"a {form.kind.title.lower()} has no field `{key}`. {hint}" if equals else
                             f"write a field as FIELD=VALUE, not `{word}`. `handrail new {form.word} --fields` lists them.")  # fmt: skip
        texts.setdefault(key, []).append(text)
    try:
        return {key: value_of(fields[key], ones) for key, ones in texts.items()}
    except NotUnderstood as error:
        raise UsageError(str(error)) from None


def missing_words(form: Form, value: Mapping[str, Any]) -> str:
    """The fields that a record must have and that are not said, as the options that say them; empty if all are there."""
    lacking = [
        one for one in fields_of(form.kind.cls)
        if one.required and value.get(one.key) in (None, "") and not (one.key == "id" and form.first)
    ]  # fmt: skip
    if not lacking:
        return ""
    options = " ".join(_option(one) for one in lacking)
    names = ", ".join(one.title.lower() for one in lacking)
    return f"nothing was written. {form.kind.title} needs also: {names}. Add for example `{options}`."


def _option(field: Field) -> str:
    text = sample(field)
    return f"--set {field.key}={shlex.quote(text)}"


def field_lines(form: Form) -> Iterator[str]:
    """Every field of a record in a line."""
    for one in fields_of(form.kind.cls):
        if one.key == "id" and form.first:
            continue
        mark = "*" if one.required else " "
        values = one.type.words if one.type.kind != "any" else "text"
        yield f" {mark} {one.key:<20} {one.description} ({values})"


def tier_answers_of(words: list[str]) -> dict[str, Any]:
    """The tier's questions answered as QUESTION=VALUE, in the order of the questions. Raises UsageError."""
    from handrail.model.project import TierAnswers

    fields = {one.key: one for one in fields_of(TierAnswers)}
    given: dict[str, Any] = {}
    for word in words:
        key, equals, text = word.partition("=")
        key = key.strip().replace("-", "_")
        if not equals or key not in fields:
            raise UsageError(
                f"write an answer as QUESTION=VALUE, not `{word}`. The questions are: {', '.join(fields)}."
            )
        try:
            given[key] = value_of(fields[key], [text])
        except NotUnderstood as error:
            raise UsageError(str(error)) from None
    wrong = check(TierAnswers, given)
    if wrong:
        raise UsageError(f"{wrong[0].message} {wrong[0].fix}")
    return {key: given[key] for key in fields if key in given}


def tier_from(answers: Mapping[str, Any], repository: Repository) -> Tier | None:
    """The tier that the answers give; None without answers."""
    from handrail.build import Context, build
    from handrail.compute.tier import derived_from
    from handrail.model.project import TierAnswers

    if not answers:
        return None
    return derived_from(build(TierAnswers, answers, Context("--answer", repository.currency)), repository.policy.tiers)
