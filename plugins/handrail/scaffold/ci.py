"""Ready-made CI of a governed repository: the gate and what runs beside it, for the host that keeps the repository."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import Literal

from handrail import __version__
from handrail.model.repository import Tree

Host = Literal["github", "gitlab"]
PLACE = "standards/templates/init/ci/"
LOCK = ".ci/requirements.lock"
_NAMES = {"gitlab-ci.yml": ".gitlab-ci.yml", "pre-commit-config.yaml": ".pre-commit-config.yaml"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def ci_files(tree: Tree, hosts: tuple[Host, ...]) -> Mapping[str, bytes]:
    """Every file of CI by its path in the new repository. Empty without a host, but for the settings of pre-commit.

    What only one host needs stands in a folder of its own: `.ci/github`, `.ci/gitlab`.
    """
    found: dict[str, bytes] = {}
    for path in tree.paths():
        if not path.startswith(PLACE):
            continue
        part, name = path.removeprefix(PLACE).split("/", 1)
        if part == "common" and (hosts or name in _NAMES):
            found[_NAMES.get(name, f".ci/{name}")] = tree.read(path)
        elif part in hosts:
            found[_target(part, name)] = _filled(tree.read(path))
    if hosts:
        found[LOCK] = _lock().encode()
        found[".ci/python-version"] = f"{_python()}\n".encode()
    return found


def host_of(address: str) -> Host | None:
    """The brand of a host by the address of a remote; None where the address does not tell."""
    name = re.sub(r"^[a-z+]+://", "", address).split("@")[-1].split("/")[0].split(":")[0].lower()
    for brand in ("github", "gitlab"):
        if brand in name.split(".") or f"{brand}-" in name or f"-{brand}" in name:
            return "github" if brand == "github" else "gitlab"
    return None


def _target(host: str, name: str) -> str:
    """Where a file of one host goes."""
    if name in _NAMES:
        return _NAMES[name]
    return f".github/workflows/{name}" if name.endswith(".yml") else f".ci/{host}/{name}"


def _filled(data: bytes) -> bytes:
    """A file with the version of Python that is to run it."""
    return data.replace(b"{{python}}", _python().encode())


def _python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _lock() -> str:
    """Handrail and everything it needs, at the versions that are installed here and now."""
    head = (
        "# What the gate runs, to the version: it takes this file from the target branch, never from a change.\n"
        "# With hashes it is safer still, and pip then asks for them: `pip-compile --generate-hashes --strip-extras`.\n"
    )
    return head + "".join(f"{name}=={version}\n" for name, version in sorted(_pins()))


def _pins() -> Iterator[tuple[str, str]]:
    """Names and versions of Handrail and of what it needs, in turn."""
    from importlib.metadata import PackageNotFoundError, requires, version  # noqa: PLC0415 - only `init` needs it

    from packaging.requirements import Requirement  # noqa: PLC0415 - as above

    yield "handrail", __version__
    seen, waiting = {"handrail"}, [("handrail", "")]
    while waiting:
        owner, extra = waiting.pop()
        for line in requires(owner) or ():
            need = Requirement(line)
            name = re.sub(r"[-_.]+", "-", need.name).lower()
            if need.marker is not None and not need.marker.evaluate({"extra": extra}):
                continue
            waiting += [(name, one) for one in need.extras]
            if name in seen or not _NAME.fullmatch(name):
                continue
            seen.add(name)
            try:
                yield name, version(name)
            except PackageNotFoundError:
                continue
            waiting.append((name, ""))
