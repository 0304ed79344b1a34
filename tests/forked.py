"""Runs the command line in processes that are forked from one that has read the program already.

Half of a short command's time goes into starting Python and reading modules, and the tests run some thousands. Here a
process reads every module once and runs nothing; for each command it splits off a process of its own, which takes over
folder, surroundings and files and runs `handrail.cli.main` as the installed script does. What one command leaves in
memory no other sees.

A process that is forked cannot show what only a start shows: a module that is used without being imported, and an order
that hangs on the seed of Python's hashes. `tests.command.handrail` therefore starts each command of a test run once as
people do, and again wherever a test asks for it.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from importlib import import_module
from pathlib import Path
from typing import NoReturn

_ROOT = Path(__file__).resolve().parents[1]
_MOST = 1 << 20


class Forking:
    """The process that has read the program; it ends when whoever made it ends."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        for one in (ours, theirs):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _MOST)
        self._line = ours
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from tests.forked import serve; serve()", str(theirs.fileno())],
            cwd=_ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
        )  # fmt: skip
        theirs.close()
        atexit.register(self._end)

    def _end(self) -> None:
        self._line.close()
        self._process.wait(10)

    def run(
        self, words: list[str], cwd: Path, env: dict[str, str], stdin: str | None, seconds: float
    ) -> tuple[int, str, str]:
        """Exit status (negative for a signal), output and errors of `words`, the first of which names the program.

        Errors: subprocess.TimeoutExpired after `seconds`, when the process has been ended.
        """
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            given.write((stdin or "").encode())
            given.seek(0)
            asked = json.dumps({"words": words, "cwd": str(cwd), "env": env}).encode()
            socket.send_fds(self._line, [asked], [given.fileno(), out.fileno(), err.fileno()])
            number = int(self._line.recv(64))
            self._line.settimeout(seconds)
            try:
                status = int(self._line.recv(64))
            except TimeoutError:
                os.kill(number, signal.SIGKILL)
                self._line.settimeout(None)
                self._line.recv(64)
                raise subprocess.TimeoutExpired(words, seconds) from None
            self._line.settimeout(None)
            said = []
            for one in (out, err):
                one.seek(0)
                said.append(one.read().decode().replace("\r\n", "\n").replace("\r", "\n"))  # as text is read
        return status, said[0], said[1]


def serve() -> None:
    """Read every module, then fork for each message until the other side has gone."""
    line = socket.socket(fileno=int(sys.argv[1]))
    _read_modules()
    while True:
        asked, files, _flags, _address = socket.recv_fds(line, _MOST, 3)
        if not asked:
            os._exit(0)
        number = os.fork()
        if not number:
            line.close()
            _become(json.loads(asked), files)
            _run_to_the_end()
        for one in files:
            os.close(one)
        line.send(str(number).encode())
        status = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
        line.send(str(status).encode())


def _read_modules() -> None:
    """Import the whole program, with the libraries that its commands import when they need them."""
    import handrail

    for one in pkgutil.walk_packages(handrail.__path__, "handrail."):
        if not one.name.endswith("__main__"):
            import_module(one.name)
    for name in ("holidays", "jsonschema", "jsonschema_rs", "mkdocs.commands.build", "openpyxl", "re2"):
        with contextlib.suppress(ImportError):
            import_module(name)
    gc.collect()
    gc.freeze()


def _become(asked: dict[str, object], files: list[int]) -> None:
    """Take over words, folder, surroundings and the three files."""
    for goal, one in enumerate(files):
        os.dup2(one, goal)
        os.close(one)
    words, env = asked["words"], asked["env"]
    assert isinstance(words, list)
    assert isinstance(env, dict)
    os.chdir(str(asked["cwd"]))
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    sys.argv[:] = words
    sys.path.remove("")


def _run_to_the_end() -> NoReturn:
    """Run the command and end as Python does, but without taking a thousand modules apart, which takes longer than most."""
    from handrail.cli import main

    status = 1
    try:
        status = main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
    except BaseException:  # noqa: BLE001 - as Python itself would
        traceback.print_exc()
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for one in (sys.stdout, sys.stderr):
        if not one.closed:
            one.flush()
    os._exit(status)
