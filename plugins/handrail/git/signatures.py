"""Whether a commit is signed, and by which key: SSH or OpenPGP, held against the public keys that the repository keeps.

Nothing of this machine's own keys, settings or trust takes part: the keys are laid into a folder that is gone afterwards.
A key counts by its fingerprint alone, never by the name that somebody wrote into it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

State = Literal["good", "none", "bad", "unknown", "expired", "unchecked"]
"""bad: the text is not what was signed. unknown: no key of the repository made it. unchecked: the program is missing."""
_HEADER = re.compile(rb"^gpgsig(?:-sha256)? .*\n(?: .*\n)*", re.MULTILINE)
_FIELD = re.compile(rb"^gpgsig(?:-sha256)? (?P<value>.*\n(?: .*\n)*)", re.MULTILINE)
_SSH_KEY = re.compile(r"(?P<type>(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w@.-]+) (?P<blob>[A-Za-z0-9+/]+={0,3})(?:\s|\Z)")
_SSH, _PGP = b"-----BEGIN SSH SIGNATURE-----", b"-----BEGIN PGP SIGNATURE-----"
_STATUS = "[GNUPG:] "
_PATIENCE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What is known of a commit's signature. keys: fingerprints that name the key, its own and its primary key's."""

    state: State
    keys: tuple[str, ...] = ()


UNSIGNED = Signature(state="none")


class Keys:
    """The public keys of the repository: OpenSSH's `*.pub` and OpenPGP's `*.asc`, by their path."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._ssh = tuple(
            dict.fromkeys(key for path, data in files.items() if path.endswith(".pub") for key in _ssh_keys(data))
        )
        self._pgp = tuple(data for path, data in files.items() if path.endswith(".asc"))

    def signature(self, raw: bytes) -> Signature:
        """Look at the signature of a commit, given as the raw object."""
        signed, text = _split(raw)
        if signed is None:
            return UNSIGNED
        try:
            with tempfile.TemporaryDirectory(prefix="handrail-keys-", ignore_cleanup_errors=True) as folder:
                if signed.startswith(_SSH):
                    return self._by_ssh(signed, text, Path(folder))
                if signed.startswith(_PGP):
                    return self._by_pgp(signed, text, Path(folder))
        except (OSError, subprocess.TimeoutExpired):
            return Signature(state="unchecked")
        return Signature(state="unknown")  # X.509 needs authorities that a repository does not keep

    def _by_ssh(self, signed: bytes, text: bytes, folder: Path) -> Signature:
        if not self._ssh:
            return Signature(state="unknown")
        allowed, signature = folder / "allowed", folder / "signature"
        # the principal is the fingerprint, so that whoever is found is a key and no name
        allowed.write_text(
            "".join(f'{_fingerprint(blob)} namespaces="git" {kind} {blob}\n' for kind, blob in self._ssh)
        )
        signature.write_bytes(signed)
        found = _run(("ssh-keygen", "-Y", "find-principals", "-f", str(allowed), "-s", str(signature)), b"", folder)
        names = found.stdout.decode("ascii", "replace").split()
        if found.returncode != 0 or not names:
            return Signature(state="unknown")
        words = ("ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", names[0], "-n", "git", "-s", str(signature))
        done = _run(words, text, folder)
        return Signature(state="good" if done.returncode == 0 else "bad", keys=(names[0],))

    def _by_pgp(self, signed: bytes, text: bytes, folder: Path) -> Signature:
        folder.chmod(0o700)
        gpg = ("gpg", "--homedir", str(folder), "--no-options", "--batch", "--no-tty", "--quiet", "--trust-model", "always",
               "--no-auto-key-retrieve", "--disable-dirmngr", "--no-autostart")  # fmt: skip
        for data in self._pgp:
            _run((*gpg, "--import"), data, folder)
        signature = folder / "signature.asc"
        signature.write_bytes(signed)
        done = _run((*gpg, "--status-fd", "1", "--verify", str(signature), "-"), text, folder)
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        told = [line.removeprefix(_STATUS).split(" ") for line in lines if line.startswith(_STATUS)]
        return _told(told)


def _told(told: Iterable[list[str]]) -> Signature:
    """What OpenPGP says: exactly one signature, good and of a key that holds; anything beside that is not good."""
    words = {one[0] for one in told}
    valid = [one for one in told if one[0] == "VALIDSIG"]
    keys = tuple(dict.fromkeys((valid[0][1], valid[0][-1]))) if len(valid) == 1 else ()
    if words & {"BADSIG"} or len(valid) > 1:
        return Signature(state="bad")
    if words & {"EXPSIG", "EXPKEYSIG", "REVKEYSIG"}:
        return Signature(state="expired", keys=keys)
    if "GOODSIG" in words and keys:
        return Signature(state="good", keys=keys)
    return Signature(state="unknown")


def _split(raw: bytes) -> tuple[bytes | None, bytes]:
    """The signature of a commit, and the text that it signs: the commit without it."""
    head, gap, message = raw.partition(b"\n\n")
    head += b"\n"
    found = _FIELD.findall(head)
    if not found:
        return None, raw
    if len(found) > 1:  # Git writes one; a second would be checked against another text than the reader sees
        return b"", raw
    text = _HEADER.sub(b"", head) + gap[1:] + message
    return found[0].replace(b"\n ", b"\n"), text


def _ssh_keys(data: bytes) -> tuple[tuple[str, str], ...]:
    """The keys of a file as OpenSSH writes it, one a line; options and remarks are left out."""
    return tuple(
        (found["type"], found["blob"])
        for line in data.decode("utf-8", "replace").splitlines()
        if (found := _SSH_KEY.match(line)) and _fingerprint(found["blob"])
    )


def _fingerprint(blob: str) -> str:
    """The fingerprint that `ssh-keygen -l` shows; empty when it is no key."""
    try:
        data = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return "SHA256:" + base64.b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def _run(words: tuple[str, ...], data: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LC_ALL": "C"}
    return subprocess.run(
        words, input=data, capture_output=True, check=False, env=environment, cwd=folder, timeout=_PATIENCE
    )
