"""The handbook's page of commands, made from the command table and each command's own arguments."""

from __future__ import annotations

import argparse
from importlib import import_module

from handrail.cli.table import COMMANDS, Command

_HEAD = """---
title: Commands
owner: p.nowak
reviewed_on: 2026-11-02
---

# Commands

`handrail COMMAND --help` says the same on the terminal. A check never writes; a command that writes says where.

| command | what it is for | reads | writes |
|---|---|---|---|
"""


def commands_page() -> str:
    """The page as Markdown."""
    rows = "\n".join(
        f"| [`{one.name}`](#{one.name}) | {one.help} | {one.reads} | {one.writes or 'nothing'} |" for one in COMMANDS
    )
    return _HEAD + rows + "\n\n" + "\n".join(_section(one) for one in COMMANDS)


def _section(command: Command) -> str:
    module = import_module(f"handrail.cli.{command.module}")
    parser = argparse.ArgumentParser(prog=f"handrail {command.name}", add_help=False, allow_abbrev=False)
    module.add_arguments(parser)
    rows = "\n".join(
        f"| {_name(one)} | {_of(group)}{_help(one)} |" for group in parser._action_groups for one in group._group_actions  # noqa: SLF001 - argparse lists them nowhere else
    )  # fmt: skip
    examples = module.EXAMPLES.strip()
    return f"## {command.name}\n\n{command.help}\n\n| argument | meaning |\n|---|---|\n{rows}\n\n```text\n{examples}\n```\n"


def _name(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
    if not action.option_strings:
        return f"`{value or action.dest.upper()}`".replace("|", "\\|")
    takes = action.nargs != 0
    return f"`{action.option_strings[-1]}{f' {value or action.dest.upper()}' if takes else ''}`".replace("|", "\\|")


def _of(group: argparse._ArgumentGroup) -> str:
    """What an option belongs to, where a command has several groups of them."""
    title = group.title or ""
    return "" if title in {"positional arguments", "options"} else f"{title.split(':')[0]}: "


def _help(action: argparse.Action) -> str:
    return (action.help or "").replace("|", "\\|")
