"""The year, day by day: what the framework gains, what each project does, and who brings it in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from scripts._commits import History
from scripts._rewind import FIRST, LAST, Files, Past, born, law_born, weekday
from scripts._story import LANDED, MOMENTS, THEN, Moment, as_it_stood

PMO = "p.nowak"
# who brings what into the framework, the first that fits
HANDS = (
    ("standards/audits/", "a.berger"), ("standards/training/", "i.kovacs"), ("standards/people/completions", "i.kovacs"),
    ("standards/policy/rates", "f.garnier"), ("standards/strategy/", "m.keller"), ("standards/scope/", "v.leroy"),
    ("standards/templates/", "v.leroy"),
)  # fmt: skip
TOPICS = {
    "audits": "audit records", "completions.yaml": "completed training", "rates.yaml": "exchange rates",
    "redirects.yaml": "redirects", "triage": "lessons triaged", "proposals": "proposals", "support": "support answered",
    "log": "log of the gate", "enforcement.yaml": "when rules bite", "scope": "standard S-SCOPE",
}  # fmt: skip
# what is written about projects outside of them
RECORDS = tuple(f"standards/{one}/" for one in ("audits", "log", "proposals", "support", "triage"))


def difference(tree: Files, wanted: Files, below: str) -> dict[str, str | None]:
    """What must change so that the part of the tree below a folder is as wanted."""
    gone: dict[str, str | None] = {path: None for path in tree if path.startswith(below) and path not in wanted}
    return gone | {path: text for path, text in wanted.items() if tree.get(path) != text}


def law(files: Files, day: date, tree: Files, names: Collection[str]) -> dict[str, str]:
    """Standards, policy and the rest as they stood, without the rates, redirects, completions and records of later days.

    A record of the PMO or an auditor comes in when its own day is there, and what it names in projects is in the tree.
    """
    past = Past({}, day, frozenset())
    dated = {"standards/policy/rates.yaml", "standards/policy/redirects.yaml", "standards/people/completions.yaml"}
    told = {
        path: text
        for path, text in files.items()
        if not path.startswith(RECORDS) or (law_born(text) <= day and all_there(text, tree, names))
    }
    for path, text in list(told.items()):
        audit = re.match(r"standards/audits/[^/]+/(?=findings/)", path)
        proposal = re.search(r"^proposal: (\S+)", text, re.MULTILINE) if path.startswith(RECORDS) else None
        first = f"{audit[0]}audit.yaml" if audit else f"standards/proposals/{proposal[1]}.yaml" if proposal else path
        if first not in told:  # a finding comes with its audit, a triage with the proposal that it led to
            del told[path]
        elif audit or path.endswith("audit.yaml"):
            told[path] = past.grown(text)
    return as_it_stood({path: past.walk(text, path) if path in dated else text for path, text in told.items()}, day)


def hand(path: str, text: str | None) -> str:
    """Who brings a file of the framework in."""
    own = next((who for place, who in HANDS if path.startswith(place)), None)
    match = re.search(r"^(?:by|raised_by|acknowledged_by): (\S+)", text or "", re.MULTILINE)
    return own or (match.group(1) if match else PMO)


def all_there(text: str, tree: Files, names: Collection[str]) -> bool:
    """Whether every project that a record names is in the tree, with what the record names of it."""
    for name in names:
        for match in re.finditer(rf"(?<![\w-]){name}(?:/([A-Z]+-\d+))?(?![\w-])", text):
            held = [one for path, one in tree.items() if path.startswith(f"projects/{name}/")]
            if not held or (match.group(1) and not any(re.search(rf"\bid: {match.group(1)}\b", one) for one in held)):
                return False
    return True


def said(key: str, text: str) -> str:
    """A field of a plan or record."""
    match = re.search(rf"^{key}: (\S+)", text, re.MULTILINE)
    return match.group(1) if match else PMO


@dataclass
class Teller:
    """Tells the year, day by day: what the framework gains, then what each project does."""

    files: Files
    projects: Mapping[str, Files]
    history: History = field(default_factory=History)

    def framework(self, day: date, known: frozenset[str], moment: Moment | None = None) -> dict[str, str | None]:
        """What the framework gains on a day; nothing on which a moment of its own waits."""
        tree = self.history.tree
        change = difference(
            {path: tree[path] for path in self.files if path in tree}, law(self.files, day, tree, known), "standards/"
        )
        mine = (
            {one.path for one in THEN if day in {one.since, one.until}}
            if any(one.day == day and one.law for one in MOMENTS)
            else set()
        )
        return {path: text for path, text in change.items() if (path in mine) == (moment is not None)}

    def bring(self, day: date, change: Mapping[str, str | None], branch: str = "", title: str = "") -> None:
        """A merge of the framework: each part by the one whose it is."""
        if not change:
            return
        topics = dict.fromkeys(one for path in sorted(change) if (one := topic(path)))
        by: dict[str, dict[str, str | None]] = {}
        for path, text in sorted(change.items()):
            by.setdefault(hand(path, text), {})[path] = text
        words = title or " and ".join(topics).capitalize() or "Records"
        name = branch or f"framework/{'-'.join(next(iter(topics), 'records').split())}-{day}"
        parts = [
            (who, f"{words}\n" if len(by) == 1 else f"{words}: the part of {who}\n", part) for who, part in by.items()
        ]
        self.history.merge(name, day, words, parts)

    def plan(self, name: str, day: date, known: frozenset[str]) -> dict[str, str | None]:
        """What changes in a project until a day."""
        below = f"projects/{name}/"
        stood = as_it_stood(Past(self.projects[name], day, known).files(), day, below)
        if day < LAST:
            stood["project.yaml"] = self.learnt(stood["project.yaml"])
        return difference(self.history.tree, {below + path: text for path, text in stood.items()}, below)

    def learnt(self, text: str) -> str:
        """A plan without the lessons that nobody had written down yet."""
        for line, lesson in re.findall(r"^(  - \{lesson: ([\w/-]+),.*\n)", text, re.MULTILINE):
            project, _, name = lesson.partition("/")
            if f"projects/{project}/lessons/{name}.md" not in self.history.tree:
                text = text.replace(line, "")
        return re.sub(r"^lessons_considered:\n(?! )", "", text, flags=re.MULTILINE)

    def project(self, name: str, day: date, known: frozenset[str], kind: str) -> None:
        """A merge of a project: the manager's part, and every decision by the one who took it."""
        below = f"projects/{name}/"
        change = self.plan(name, day, known)
        waived = {
            path for path, text in change.items() if "/waivers/" in path or "subject: {kind: waiver" in (text or "")
        }
        text = change.get(f"{below}project.yaml") or self.history.tree.get(f"{below}project.yaml", "")
        manager = said("manager", text)
        if waived:  # a deviation is permitted first, and used afterwards
            self.decided(
                f"deviate/{name}-{day}",
                day,
                "Ask for a deviation:",
                name,
                manager,
                {path: change.pop(path) for path in waived},
            )
        words = {"register": "Register", "decide": "Submit for decision:", "update": "Update"}[kind]
        self.decided(f"{kind}/{name}-{day}", day, words, name, manager, change)

    def decided(  # noqa: PLR0913, PLR0917 - what a merge of a project is made of
        self, branch: str, day: date, words: str, name: str, manager: str, change: dict[str, str | None]
    ) -> None:
        """What a manager wrote, then what others decided about it."""
        deciders = {path: said("by", text or "") for path, text in change.items() if "/approvals/" in path}
        reports = {path: text for path, text in change.items() if "/reports/" in path}
        own = {path: text for path, text in change.items() if path not in deciders and path not in reports}
        risks = {path: text for path, text in own.items() if text and "/waivers/" in path}
        own |= {
            path: re.sub(r"^risk_accepted_by: .*\n", "", text or "", flags=re.MULTILINE) for path, text in risks.items()
        }
        parts = [(manager, f"{words} {name}\n", own), (manager, f"Report on {name}\n", reports)]
        parts += [
            (said("risk_accepted_by", text or ""), f"Bear the risk, {name}\n", {path: text})
            for path, text in risks.items()
        ]
        parts += [
            (who, f"Decide on {name}\n", {path: change[path] for path, by in deciders.items() if by == who})
            for who in sorted(set(deciders.values()))
        ]
        self.history.merge(branch, day, f"{words} {name}", parts)

    def moment(self, one: Moment, known: frozenset[str]) -> None:
        """What the story tells of a day: brought in by one person, and agreed to by those who decide."""
        change = self.framework(one.day, known, one) if one.law else {}
        if one.project:
            change |= self.plan(one.project, one.day, known)
        if one.direct:
            self.history.direct(one.who, one.day, one.title, change)
        else:
            signed = {path for path in change if "/approvals/" in path}
            parts = [(one.who, f"{one.title}\n", {path: change[path] for path in change.keys() - signed})]
            parts += [
                (said("by", change[path] or ""), f"{one.title}: yes\n", {path: change[path]}) for path in sorted(signed)
            ]
            self.history.merge(one.branch, one.day, one.title, parts)

    def tell(self) -> History:
        """The whole year."""
        history, projects = self.history, self.projects
        history.tree = law(self.files, FIRST, {}, frozenset(projects))
        history.main = history.commit(PMO, FIRST, "Lay down standards, policy and strategy\n", dict(history.tree), ())
        joins = {
            name: max(FIRST, weekday(born("gates/G-01.yaml", one["gates/G-01.yaml"]) - timedelta(7)))
            for name, one in projects.items()
        }
        monthly = {weekday(date(2026, month, 4)) for month in range(2, 13)}
        for day in sorted(FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)):
            everywhere = frozenset(projects)
            if day == LANDED:
                self.bring(
                    day, self.framework(day, everywhere), "framework/pp-001", "PP-001: assumptions are looked at"
                )
            self.bring(day, self.framework(day, everywhere))
            known = frozenset(name for name in projects if joins[name] <= day)
            for one in MOMENTS:
                if one.day == day:
                    self.moment(one, everywhere if not one.project else known)
            for name in sorted(known):
                decided = any(
                    path.startswith("approvals/") and said("on", text) == f"{day}"
                    for path, text in projects[name].items()
                )
                if day in {joins[name], LAST} or day in monthly or decided:
                    kind = "register" if day == joins[name] else "decide" if decided else "update"
                    self.project(name, day, known, kind)
        tree = history.tree
        rest = difference({path: tree[path] for path in self.files if path in tree}, self.files, "standards/")
        self.bring(LAST, rest, f"framework/records-{LAST}", "What was written on the last day")
        return history


def topic(path: str) -> str | None:
    """What a file of the framework is about, in words."""
    return next((words for part, words in TOPICS.items() if part in path.split("/")), None)
