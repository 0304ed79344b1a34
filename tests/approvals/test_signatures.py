"""Signatures of commits, real ones of both sorts: what counts is the key, and that nothing was changed afterwards."""

import shutil

import pytest
from handrail.git.signatures import UNSIGNED, Keys, Signature

from tests.approvals.signing import commit, gpg_signer, raw, run, ssh_signer, stop_agents


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sign")
    repo = folder / "repo"
    repo.mkdir()
    run("git", "init", "-q", cwd=repo)
    yield folder
    stop_agents(folder)


@pytest.fixture(scope="module")
def signers(place):
    return {
        "ssh": ssh_signer(place, "ann"), "ecdsa": ssh_signer(place, "eva", "ecdsa"), "gpg": gpg_signer(place, "bob"),
        "stranger": ssh_signer(place, "stranger"), "foreign": gpg_signer(place, "foreign"),
        "old": gpg_signer(place, "old", born="20200101T000000", lasts="1d"),
    }  # fmt: skip


def keys(*signers):
    return Keys({f"standards/people/keys/{one.name}": one.public for one in signers})


@pytest.mark.parametrize("name", ["ssh", "ecdsa", "gpg"])
def test_a_signed_commit_is_good_and_names_its_key(place, signers, name):
    known = keys(signers["ssh"], signers["ecdsa"], signers["gpg"])
    made = raw(place / "repo", commit(place / "repo", signers[name], "Approve\n\nwith words, \u00e9\n"))
    assert known.signature(made) == Signature(state="good", keys=(signers[name].fingerprint,))


@pytest.mark.parametrize("name", ["ssh", "gpg"])
@pytest.mark.parametrize(("old", "new"), [(b"Approve 2400", b"Approve 9400"), (b"@example.org", b"@example.com")])
def test_what_was_changed_after_signing_is_bad(place, signers, name, old, new):
    made = raw(place / "repo", commit(place / "repo", signers[name], "Approve 2400"))
    assert keys(signers[name]).signature(made.replace(old, new)).state == "bad"


@pytest.mark.parametrize(("name", "other"), [("ssh", "stranger"), ("gpg", "foreign"), ("ssh", "gpg"), ("gpg", "ssh")])
def test_a_key_that_the_repository_does_not_keep_is_unknown(place, signers, name, other):
    made = raw(place / "repo", commit(place / "repo", signers[other]))
    assert keys(signers[name]).signature(made) == Signature(state="unknown")
    assert Keys({}).signature(made).state == "unknown"


def test_an_expired_key_does_not_count(place, signers):
    found = keys(signers["old"]).signature(raw(place / "repo", commit(place / "repo", signers["old"])))
    assert found.state == "expired"


def test_a_signature_of_another_commit_does_not_fit(place, signers):
    repo = place / "repo"
    mine, other = (raw(repo, commit(repo, signers["ssh"], text)) for text in ("Mine", "Other"))
    begin, end = mine.index(b"gpgsig "), mine.index(b"-----END SSH SIGNATURE-----")
    forged = other[: other.index(b"gpgsig ")] + mine[begin:end] + other[other.index(b"-----END SSH SIGNATURE-----") :]
    assert forged != other
    assert keys(signers["ssh"]).signature(forged).state == "bad"


def test_a_signature_for_another_purpose_does_not_count(place, signers):
    repo = place / "repo"
    name = commit(repo, None)
    text = raw(repo, name)
    (place / "text").write_bytes(text)
    run("ssh-keygen", "-q", "-Y", "sign", "-n", "file", "-f", place / "ann.key", place / "text", cwd=place)
    lines = (place / "text.sig").read_bytes().rstrip(b"\n").replace(b"\n", b"\n ")
    head, _, message = text.partition(b"\n\n")
    forged = head + b"\ngpgsig " + lines + b"\n\n" + message
    assert keys(signers["ssh"]).signature(forged).state in {"bad", "unknown"}


def test_unsigned_and_strange(place, signers):
    plain = raw(place / "repo", commit(place / "repo", None, "gpgsig is only a word here\n\ngpgsig -----BEGIN\n"))
    assert keys(*signers.values()).signature(plain) == UNSIGNED
    assert keys(signers["ssh"]).signature(b"gpgsig nonsense\n\nx").state == "unknown"
    signed = raw(place / "repo", commit(place / "repo", signers["ssh"]))
    line = signed[signed.index(b"gpgsig ") : signed.index(b"\n\n") + 1]
    assert keys(signers["ssh"]).signature(signed.replace(line, line + line)).state != "good", "two signatures"


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"ssh-ed25519 !!!", b"ssh-ed25519 AAA", b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n", b"\0" * 99],
)
def test_a_broken_key_harms_nobody(place, signers, data):
    known = Keys({"a.pub": data, "b.asc": data, "c.pub": signers["ssh"].public, "d.asc": signers["gpg"].public})
    for name in ("ssh", "gpg"):
        assert known.signature(raw(place / "repo", commit(place / "repo", signers[name]))).state == "good"


def test_options_in_a_key_file_widen_nothing(place, signers):
    ours = b'* cert-authority,namespaces="git" ' + signers["ssh"].public
    made = raw(place / "repo", commit(place / "repo", signers["ssh"]))
    assert Keys({"a.pub": ours}).signature(made).state == "unknown"


def test_without_the_programs_nothing_is_said_to_be_good(place, signers, monkeypatch):
    made = [raw(place / "repo", commit(place / "repo", signers[name])) for name in ("ssh", "gpg")]
    monkeypatch.setenv("PATH", str(place / "nothing"))
    assert shutil.which("gpg") is None
    assert {keys(*signers.values()).signature(one).state for one in made} == {"unchecked"}
