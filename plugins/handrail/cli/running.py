"""Finds the command that was asked for, runs it, and turns what goes wrong into words and an exit status."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from handrail import __version__
from handrail.cli.table import COMMANDS, Command
from handrail.cli.terminal import UsageError, after_colon, failed, say

_DESCRIPTION = "Project governance in Git: standards and plans as text, every change judged, everything published."


_MISSING = re.compile(r"the following arguments are required: (.*)", re.DOTALL)
_UNKNOWN = re.compile(r"unrecognized arguments: (.*)", re.DOTALL)
_NO_NUMBER = re.compile(r"argument (\S+): invalid int value: '(.*)'", re.DOTALL)
_MANY = 8
_COMMENT = re.compile(r"(?<=\S) {4,}.*$")
_CHOICE = re.compile(r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)", re.DOTALL)


class Parser(argparse.ArgumentParser):
    """The option parser, which says what was probably meant where it would list everything. first: the first word typed."""

    first = ""

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        if found := _CHOICE.fullmatch(message):
            from handrail.slips import near

            name, given, known = found[1], found[2], re.findall(r"'([^']*)'", found[3])
            guess = near(given, known)
            message = f"argument {name}: there is no `{given}`. " + (
                f"Did you mean `{guess}`?" if guess else self._choices(known)
            )
        elif found := _MISSING.fullmatch(message):
            missing = ", ".join(
                one if one.startswith("-") or "|" in one else one.upper() for one in found[1].split(", ")
            )
            message = f"{missing} is missing." if "," not in missing else f"{missing} are missing."
            message += self._example()
        elif found := _NO_NUMBER.fullmatch(message):
            message = f"argument {found[1]}: `{found[2]}` is no whole number."
        elif found := _UNKNOWN.fullmatch(message):
            message = self._too_much(found[1])
        super().error(message)

    def _choices(self, known: Sequence[str]) -> str:
        """What there is; many of them in the help, which says what they are."""
        if len(known) <= _MANY:
            return f"There are: {', '.join(known)}."
        rest = f"and {len(known) - _MANY} more, which `{self.prog} --help` lists."
        return f"There are: {', '.join(known[:_MANY])} {rest}{self._example()}"

    def _example(self) -> str:
        """An example of the command, as something to copy: the first that begins as what was typed, else the first."""
        lines = re.sub(r"\\\n\s+", "", self.epilog or "").splitlines()[1:]
        found = [re.sub(" {2,}", " ", _COMMENT.sub("", line.strip())) for line in lines if "handrail " in line[:12]]
        begun = f"{self.prog} {self.first}"
        first = next((line for line in found if f"{line} ".startswith(f"{begun} ")), found[0] if found else None)
        return f" For example: {first}" if first else f" `{self.prog} --help` says more."

    def _too_much(self, given: str) -> str:
        """What stands there and has no meaning: the option that was meant, or a word too many."""
        from handrail.slips import near

        first = given.split(maxsplit=1)[0]
        if not first.startswith("-"):
            return f"`{given}` is more than it takes; put what has spaces between quotes.{self._example()}"
        name = first.split("=")[0]
        guess = near(name, [one for action in self._actions for one in action.option_strings if one.startswith("--")])
        return f"there is no option `{name}`. " + (
            f"Did you mean `{guess}`?" if guess else f"`{self.prog} --help` lists the options."
        )


def usage(parser: argparse.ArgumentParser) -> str:
    """The first line of the help: what must be said, in its order, and that there are options."""
    words = [parser.prog]
    for one in parser._actions:  # noqa: SLF001 - argparse lists them nowhere else
        name = str(one.metavar or one.dest.upper())
        if one.option_strings:
            words += [f"{one.option_strings[-1]} {name}"] if one.required else []
        elif one.nargs in {"?", "*"}:
            words.append(f"[{name}{' ...' if one.nargs == '*' else ''}]")
        else:
            words.append(f"{name} ..." if one.nargs == "+" else name)
    return " ".join([*words, "[OPTION ...]"])


def _equip_parts(parser: Parser) -> None:
    """Each part of a command has its own line of use, its examples and its help, as a command has."""
    for action in parser._actions:  # noqa: SLF001 - argparse lists them nowhere else
        if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - it has no other name
            continue
        said = {one.dest: one.help for one in action._choices_actions}  # noqa: SLF001 - nor have these
        for name, part in action.choices.items():
            part.usage, part.formatter_class = usage(part), argparse.RawDescriptionHelpFormatter
            part.description = f"{str(said[name])[:1].upper()}{str(said[name])[1:]}."
            begins = re.compile(rf"  {part.prog} .*(?:\n {{8,}}.*)*", re.MULTILINE)
            part.epilog = "\n".join(["examples:", *begins.findall(parser.epilog or "")])


def run(words: Sequence[str]) -> int:
    """Run one command and say how it ended."""
    command = next((one for one in COMMANDS if words and one.name == words[0]), None)
    try:
        if command is None:
            return _overview(words)
        module = import_module(f"handrail.cli.{command.module}")
        parser = Parser(
            prog=f"handrail {command.name}", description=f"{command.help} {_effects(command)}",
            epilog=module.EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
        )  # fmt: skip
        module.add_arguments(parser)
        parser.usage = usage(parser)
        parser.first = words[1] if len(words) > 1 else ""
        _equip_parts(parser)
        return int(module.run(parser.parse_args(words[1:])))
    except UsageError as error:
        say(f"handrail: {after_colon(str(error))}", error=True)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone; there is nobody left to tell
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001 - the one place where a fault of ours is caught
        return failed(error)


def _overview(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="handrail", description=_DESCRIPTION, epilog=_commands(), allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter, usage="handrail COMMAND [OPTION ...]",
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"handrail {__version__}")
    parser.add_argument("command", nargs="?", help=argparse.SUPPRESS)
    given = parser.parse_args(list(words[:1]))
    if given.command:
        from handrail.slips import near

        guess = near(given.command, [one.name for one in COMMANDS]) or _part(given.command)
        hint = f" Did you mean `{guess}`?" if guess else " `handrail --help` lists the commands."
        raise UsageError(f"there is no command `{given.command}`.{hint}")
    parser.print_help()
    return 0 if not words else 2


def _part(word: str) -> str | None:
    """The command that takes this word first, such as `handrail new risk`."""
    for one in COMMANDS:
        parser = Parser()
        import_module(f"handrail.cli.{one.module}").add_arguments(parser)
        first = next((each for each in parser._actions if not each.option_strings), None)  # noqa: SLF001 - as above
        if first is not None and first.choices and word in first.choices:
            return f"handrail {one.name} {word}"
    return None


def _commands() -> str:
    width = max(len(one.name) for one in COMMANDS)
    rows = [f"  {one.name:<{width}}  {one.help}" for one in COMMANDS]
    return "\n".join(["commands:", *rows, "", "`handrail COMMAND --help` says more about one of them."])


def _effects(command: Command) -> str:
    return f"Writes: {command.writes}." if command.writes else "Writes nothing."
