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
_CHOICE = re.compile(r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)", re.DOTALL)


class Parser(argparse.ArgumentParser):
    """The option parser, which says what was probably meant where it would list everything."""

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        if found := _CHOICE.fullmatch(message):
            from handrail.slips import near

            name, given, known = found[1], found[2], re.findall(r"'([^']*)'", found[3])
            guess = near(given, known)
            message = f"argument {name}: there is no `{given}`. " + (
                f"Did you mean `{guess}`?" if guess else f"There are: {', '.join(known)}."
            )
        elif found := _MISSING.fullmatch(message):
            missing = ", ".join(
                one if one.startswith("-") or "|" in one else one.upper() for one in found[1].split(", ")
            )
            message = f"{missing} is missing." if "," not in missing else f"{missing} are missing."
            message += self._example()
        elif found := _UNKNOWN.fullmatch(message):
            message = self._too_much(found[1])
        super().error(message)

    def _example(self) -> str:
        """The first example of the command, as something to copy."""
        lines = (line.split("   ")[0].strip() for line in (self.epilog or "").splitlines()[1:])
        first = next((line for line in lines if line.startswith("handrail ")), None)
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


def run(words: Sequence[str]) -> int:
    """Run one command and say how it ended."""
    command = next((one for one in COMMANDS if words and one.name == words[0]), None)
    try:
        if command is None:
            return _overview(words)
        module = import_module(f"handrail.cli.{command.module}")
        parser = Parser(
            prog=f"handrail {command.name}", description=f"{command.help} {_effects(command)}",
            epilog=getattr(module, "EXAMPLES", None), formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
        )  # fmt: skip
        module.add_arguments(parser)
        parser.usage = usage(parser)
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

        guess = near(given.command, [one.name for one in COMMANDS])
        hint = f" Did you mean `{guess}`?" if guess else " `handrail --help` lists the commands."
        raise UsageError(f"there is no command `{given.command}`.{hint}")
    parser.print_help()
    return 0 if not words else 2


def _commands() -> str:
    width = max(len(one.name) for one in COMMANDS)
    rows = [f"  {one.name:<{width}}  {one.help}" for one in COMMANDS]
    return "\n".join(["commands:", *rows, "", "`handrail COMMAND --help` says more about one of them."])


def _effects(command: Command) -> str:
    return f"Writes: {command.writes}." if command.writes else "Writes nothing."
