"""The evidence pack of the demo's year: it says who decided, and fifty small changes of pack or repository are all found."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from handrail.audit.bundle import MANIFEST, read_pack
from handrail.audit.pack import manifest
from handrail.audit.verify import verify
from handrail.load import FolderTree, load
from handrail.model.assurance import Audit

from tests.command import git, handrail

PERIOD = ("--from", "2026-09-01", "--to", "2026-09-30")
START = ("audit", "start", "au-2027-1", *PERIOD, "--sample", "10", "--seed", "7", "--at", "audit-2027-1")


@dataclass(frozen=True)
class Packed:
    """A copy of the year with an audit in it, and its pack."""

    root: Path
    files: Mapping[str, bytes]


@pytest.fixture(scope="module")
def packed(year: Path, tmp_path_factory: pytest.TempPathFactory) -> Packed:
    root = tmp_path_factory.mktemp("audited") / "plans"
    shutil.copytree(year, root, symlinks=True)
    git("tag", "audit-2027-1", cwd=root)
    done = handrail(*START, "--output", "../pack.zip", cwd=root)
    assert done.status == 0, done.err
    git("add", "standards/audits", cwd=root)
    git("commit", "-q", "-m", "Start the audit", cwd=root)
    files, _ = read_pack(root.parent / "pack.zip")
    return Packed(root, files)


def test_the_pack_is_as_it_was_made(packed: Packed) -> None:
    done = handrail("audit", "verify", "../pack.zip", cwd=packed.root)
    assert (done.status, "Nothing was changed" in done.out) == (0, True)


def table(packed: Packed, name: str) -> Any:
    return json.loads(packed.files[f"{name}.json"])


def test_every_approval_is_in_the_hand_of_the_one_who_decided(packed: Packed) -> None:
    approvals = table(packed, "approvals")
    assert len(approvals) > 45
    weak = [(one["project"], one["id"], one["grade"], one["why"]) for one in approvals if one["grade"] not in "AB"]
    assert weak == []
    assert sum(one["grade"] == "A" for one in approvals) > 30, "reviewed on the host, since CI keeps records"
    plans = {plan.id: plan for plan in load(FolderTree(packed.root)).repository.plans}
    for one in approvals:
        (record,) = (each for each in plans[one["project"]].approvals if each.id == one["id"])
        assert record.by == one["by"] not in {plans[one["project"]].manager, "a.berger"}


def test_the_population_is_complete_and_names_the_silent_deletion(packed: Packed) -> None:
    complete = table(packed, "completeness")
    assert complete["each_follows_the_one_before"] is True
    assert complete["paths_that_no_commit_explains"] == []
    stopped = [(one["on"][:10], each["rule"]) for one in table(packed, "commits") for each in one["stopped"]]
    assert stopped == [("2026-09-10", "RSK-03")]
    assert {"gate decision", "role", "rule"} <= complete["counts"].keys()
    assert sum(complete["counts"].values()) == len(table(packed, "population"))


def test_the_auditor_looked_at_the_pmo_within_the_year(packed: Packed) -> None:
    repository = load(FolderTree(packed.root)).repository
    (own,) = (one for one in repository.every(Audit) if one.type == "pmo")
    assert own.closed_on == date(2026, 12, 1)
    assert not any("pmo" in role.role for one in own.auditors for role in repository.people[one].roles)


def flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(7))]) + data[at + 1 :]


TABLES = (
    "approvals",
    "audit",
    "commits",
    "completeness",
    "compliance",
    "conformity",
    "files",
    "follow_up",
    "population",
    "sample",
)
FILES = (*(f"{one}.json" for one in TABLES), "index.html", MANIFEST)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("hashes", ["as they were", "made to fit"])
def test_a_byte_of_the_pack(packed: Packed, name: str, hashes: str) -> None:
    changed = {**packed.files, name: flipped(packed.files[name], random.Random(f"{name} {hashes}"))}
    if hashes == "made to fit" and name != MANIFEST:
        changed[MANIFEST] = manifest(changed)
    assert verify(packed.root, changed, None, made=packed.files)


def approvals_better(rows: Any) -> None:
    next(one for one in rows if one["grade"] == "B")["grade"] = "A"


def approvals_of_another(rows: Any) -> None:
    rows[3]["by"] = "c.moreau"


def compliance_passed(rows: Any) -> None:
    next(one for one in rows if one["verdict"] == "fail")["verdict"] = "pass"


def commits_clean(rows: Any) -> None:
    next(one for one in rows if one["stopped"])["stopped"] = []


def population_shorter(rows: Any) -> None:
    del rows[-1]


def sample_drawn_again(rows: Any) -> None:
    rows["members"][0] = rows["members"][1]


def finding_followed_up(rows: Any) -> None:
    next(one for one in rows if one["state"] == "open")["state"] = "verified"


FIELDS = {"approvals": (approvals_better, approvals_of_another), "compliance": (compliance_passed,),
          "commits": (commits_clean,), "population": (population_shorter,), "sample": (sample_drawn_again,),
          "follow_up": (finding_followed_up,)}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "change"), [pytest.param(name, one, id=one.__name__) for name, ones in FIELDS.items() for one in ones]
)
def test_a_field_of_the_pack(packed: Packed, name: str, change: Callable[[Any], None]) -> None:
    value = table(packed, name)
    change(value)
    changed = {**packed.files, f"{name}.json": (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()}
    changed[MANIFEST] = manifest(changed)
    assert verify(packed.root, changed, None, made=packed.files)


@contextmanager
def written(place: Path, data: bytes) -> Iterator[None]:
    old = place.read_bytes()
    place.write_bytes(data)
    try:
        yield
    finally:
        place.write_bytes(old)


ON_THE_DISK = (
    "projects/depot-grid/schedule.yaml", "projects/ticket-app/risks.yaml", "projects/visitor-desk/project.yaml",
    "projects/driver-tablets/closure.md", "projects/depot-charging/approvals/AP-004.yaml",
    "projects/depot-charging/baselines/BL-001.yaml", "standards/scope/index.md", "standards/risk/rsk-03.rule.yaml",
    "standards/policy/authority.yaml", "standards/people/people.yaml", "standards/people/completions.yaml",
    "standards/triage/TR-001.yaml", "standards/training/planning.md", "standards/audits/au-2026-2/findings/F-01.yaml",
)  # fmt: skip


@pytest.mark.parametrize("path", ON_THE_DISK)
def test_a_byte_of_the_repository(packed: Packed, path: str) -> None:
    place = packed.root / path
    with written(place, flipped(place.read_bytes(), random.Random(path))):
        assert verify(packed.root, packed.files, None, made=packed.files)


@pytest.mark.parametrize(
    ("old", "new"), [("seed: 7", "seed: 8"), ("sample: 10", "sample: 9"), ("from: 2026-09-01", "from: 2026-09-11")]
)
def test_a_field_of_the_audit(packed: Packed, old: str, new: str) -> None:
    place = packed.root / "standards/audits/au-2027-1/audit.yaml"
    text = place.read_text(encoding="utf-8")
    assert old in text
    with written(place, text.replace(old, new).encode()):
        assert verify(packed.root, packed.files, None, made=packed.files)


def tag_moved(root: Path) -> None:
    git("tag", "-f", "audit-2027-1", "HEAD~3", cwd=root)


def approval_changed_and_committed(root: Path) -> None:
    place = root / "projects/depot-grid/approvals/AP-002.yaml"
    place.write_text(place.read_text().replace("by: h.dubois", "by: g.simon"), encoding="utf-8")
    git("commit", "-q", "-a", "-m", "Only a typing error", cwd=root)


def history_rewritten(root: Path) -> None:
    git("reset", "-q", "--hard", "HEAD~3", cwd=root)
    git("commit", "-q", "--amend", "-m", "Nothing to see", cwd=root)


@pytest.mark.parametrize("change", [tag_moved, approval_changed_and_committed, history_rewritten])
def test_a_change_of_the_history(packed: Packed, tmp_path: Path, change: Callable[[Path], None]) -> None:
    root = Path(shutil.copytree(packed.root, tmp_path / "copy", symlinks=True))
    change(root)
    assert verify(root, packed.files, None, made=packed.files)


def test_there_are_fifty_of_them() -> None:
    bytes_of_the_pack, fields = 2 * len(FILES), sum(len(ones) for ones in FIELDS.values())
    assert (bytes_of_the_pack, fields, len(ON_THE_DISK)) == (24, 7, 14)
    assert bytes_of_the_pack + fields + len(ON_THE_DISK) + 3 + 3 > 50, "3 of the audit's own file, 3 of the history"
