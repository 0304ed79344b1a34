"""Real keys and real signed commits, made by Git itself."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


def run(*words: str | Path, cwd: Path, env: dict[str, str] | None = None, data: bytes = b"") -> bytes:
    clean = {"PATH": os.environ["PATH"], "HOME": str(cwd), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        list(map(str, words)), cwd=cwd, env={**clean, **(env or {})}, input=data, capture_output=True, check=False
    )
    assert done.returncode == 0, (words, done.stderr.decode())
    return done.stdout


@dataclass
class Signer:
    """Somebody who signs: `settings` for Git, the public key's file name and text, and its fingerprint."""

    mail: str
    settings: tuple[str, ...]
    env: dict[str, str]
    name: str
    public: bytes
    fingerprint: str


def ssh_signer(folder: Path, who: str, kind: str = "ed25519") -> Signer:
    key = folder / f"{who}.key"
    run("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", who, "-f", key, cwd=folder)
    told = run("ssh-keygen", "-l", "-f", f"{key}.pub", cwd=folder).decode().split()[1]
    settings = ("gpg.format=ssh", f"user.signingkey={key}")
    return Signer(f"{who}@example.org", settings, {}, f"{who}.pub", Path(f"{key}.pub").read_bytes(), told)


def gpg_signer(folder: Path, who: str, *, born: str | None = None, lasts: str = "0") -> Signer:
    """`born`: the day, such as 20200101T000000, on which the key is made and everything is signed."""
    home = folder / f"gnupg-{who}"
    home.mkdir(mode=0o700)
    program = folder / f"gpg-{who}"
    then = f"--faked-system-time {born}" if born else ""
    program.write_text(
        f'#!/bin/sh\nexec gpg --homedir {home} --batch --pinentry-mode loopback --passphrase "" {then} "$@"\n'
    )
    program.chmod(0o755)
    run(program, "--quick-gen-key", f"{who} <{who}@example.org>", "ed25519", "sign", lasts, cwd=folder)
    listed = run(program, "--with-colons", "--list-keys", cwd=folder).decode().splitlines()
    print_of = next(line.split(":")[9] for line in listed if line.startswith("fpr:"))
    public = run(program, "--armor", "--export", cwd=folder)
    return Signer(
        f"{who}@example.org",
        (f"gpg.program={program}", f"user.signingkey={print_of}"),
        {},
        f"{who}.asc",
        public,
        print_of,
    )


def stop_agents(folder: Path) -> None:
    """The agents that signing started, one per home; they end when they are told so."""
    for home in folder.glob("gnupg-*"):
        subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], capture_output=True, check=False)


def commit(repo: Path, signer: Signer | None, message: str = "Approve", *, author: str | None = None) -> str:
    """Commit what stands there, signed when there is a signer; the commit's name."""
    mail = author or (signer.mail if signer else "nobody@example.org")
    words = [w for one in (signer.settings if signer else ()) for w in ("-c", one)]
    run("git", "add", "-A", cwd=repo)
    run("git", "-c", "user.name=N", "-c", f"user.email={mail}", *words, "commit", "-q", "--allow-empty", "-m", message,
        *(["-S"] if signer else []), cwd=repo)  # fmt: skip
    return run("git", "rev-parse", "HEAD", cwd=repo).decode().strip()


def raw(repo: Path, name: str) -> bytes:
    return run("git", "cat-file", "commit", name, cwd=repo)
