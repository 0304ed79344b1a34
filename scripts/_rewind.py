"""One project of the sample as it stood on an earlier day: what is dated later is taken out of the text again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST, LAST = date(2026, 1, 5), date(2026, 12, 4)
DAY = r"(\d{4}-\d\d-\d\d)"
Files = Mapping[str, str]
# the day on which a file of its own comes into the world
BORN = {
    "changes": "requested_on", "approvals": "on", "roles": "on", "baselines": "made_on", "gates": "submitted_on", "waivers": "starts",
    "exceptions": "raised_on", "lessons": "raised_on", "feedback": "raised_on", "support": "opened",
}  # fmt: skip
EXECUTION_FILES = {"suppliers.yaml", "actions.yaml"}
REFERENCES = "decision|from_risk|issue|source|because"


def find_day(pattern: str, text: str) -> date | None:
    """The first day that a pattern catches."""
    match = re.search(pattern, text, re.MULTILINE)
    return date.fromisoformat(match.group(1)) if match else None


def cut(text: str, *keys: str) -> str:
    """A record without some of its fields, whether they stand in a row or one below the other."""
    for key in keys:
        text = re.sub(rf', {key}: ("(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^,}}\n]*)', "", text)
        text = re.sub(rf"\n +{key}: [^\n]*", "", text)
    return text


def later(text: str, key: str, day: date) -> bool:
    """Whether a field of a record holds a day that is still to come."""
    found = find_day(rf"\b{key}: {DAY}", text)
    return found is not None and found > day


@dataclass
class Past:
    """One project on one day."""

    source: Files
    day: date
    known: frozenset[str]
    dropped: set[str] = field(default_factory=set)

    def files(self) -> dict[str, str]:
        """Its files as they stood."""
        if self.day >= LAST:
            return dict(self.source)
        if self.closed():  # what a closed project says stays; only what comes after the end is still to come
            told = {
                path: text for path, text in self.source.items() if born(path, text) <= self.day or path == "index.md"
            }
            return {path: self.walk(text, path) if path == "benefits.yaml" else text for path, text in told.items()}
        there = {path: text for path, text in self.source.items() if born(path, text) <= self.day}
        plan = {path: text for path, text in there.items() if "/" not in path and path.endswith(".yaml")}
        for text in self.undone_changes():
            plan = undo(plan, text)
        plan = {path: self.fragment(path, text) for path, text in plan.items()}
        decisions = {path: self.walk(text, path) for path, text in there.items() if path.startswith("approvals/")}
        there = {path: text for path, text in there.items() if path not in self.source or path not in plan}
        bare = re.compile(r"(#.*|\w+:)?\n?")  # a line that says nothing by itself
        kept = {
            path: self.without_loose_ends(text)
            for path, text in plan.items()
            if not all(bare.fullmatch(line) for line in text.splitlines())
        }
        return there | decisions | kept

    def closed(self) -> bool:
        """Whether the project was closed and frozen by then."""
        closed_on = find_day(rf"^closed_on: {DAY}", self.source.get("closure.md", ""))
        state = re.search(r"^state: closed", self.source.get("project.yaml", ""), re.MULTILINE)
        return bool(state and closed_on and closed_on <= self.day)

    def undone_changes(self) -> Iterator[str]:
        """The changes whose baseline is still to come, newest first."""
        for path in sorted((one for one in self.source if one.startswith("baselines/")), reverse=True):
            text = self.source[path]
            change = re.search(r"^change: (\S+)", text, re.MULTILINE)
            if change and later(text, "made_on", self.day):
                yield self.source[f"changes/{change.group(1)}.yaml"]

    def fragment(self, path: str, text: str) -> str:
        """A file of the plan as it stood."""
        if path in EXECUTION_FILES and self.phase() in {"initiation", "planning"}:
            self.dropped |= set(re.findall(r"\bid: ([A-Z]+-\d+)", text))
            return ""
        text = self.walk(text, path)
        text = re.sub(r"^phase: \w+", f"phase: {self.phase()}", text, flags=re.MULTILINE)
        if not self.ended():
            text = re.sub(r"^state: \w+", "state: active", text, flags=re.MULTILINE)
        text = re.sub(r"spent: \{([^}]*)\}", lambda one: f"spent: {{{self.months(one.group(1))}}}", text)
        approved = re.search(r"\bapproved: (\d+)", text)
        if approved:
            plan = int(approved.group(1))
            text = re.sub(
                r"\bforecast: (\d+)(?![\d-])",
                lambda one: f"forecast: {plan + round((int(one.group(1)) - plan) * self.known_part() / 300) * 100}",
                text,
            )
        return text

    def walk(self, text: str, path: str) -> str:
        """A text without the list items that came later, the others as they stood."""
        lines, result, i = text.split("\n"), [], 0
        while i < len(lines):
            item = re.match(r"( *)- ", lines[i])
            end = i + 1
            while item and end < len(lines) and re.match(rf" {{{len(item.group(1)) + 1}}}", lines[end]):
                end += 1
            if not item:
                result.append(lines[i])
            else:
                rest = self.walk("\n".join(lines[i + 1 : end]), path) if end > i + 1 else ""
                one = self.record(lines[i] + ("\n" + rest if rest else ""), path)
                result += [one] if one is not None else []
            i = end
        return "\n".join(result)

    def record(self, text: str, path: str) -> str | None:
        """One item of a list as it stood; None when it was not there yet."""
        day = self.day
        own = re.sub(r"\n {4,}[^\n]*", "", re.sub(r"\[\{.*?\}\]", "[]", text))
        gone = any(later(own, key, day) for key in ("raised_on", "posted_on", "on"))
        gone |= path == "actions.yaml" and later(own, "due", day + timedelta(35))
        gone |= path == "budget.yaml" and "- {what: " in text and self.phase() in {"initiation", "planning"}
        other = re.search(r"- \{project: ([\w-]+)", text)
        if gone or (other and other.group(1) not in self.known):
            self.dropped |= set(re.findall(r"\bid: ([A-Z]+-\d+)", own)[:1])
            return None
        if later(own, "closed_on", day):
            text = cut(text, "closed_on", "closed_by", "outcome").replace("status: closed", "status: open")
        if later(own, "done_on", day):
            text = cut(text, "done_on", "result", "evidence", "issue", "effect_seen").replace(
                "status: done", "status: open"
            )
        for key in ("measured", "extensions"):
            if later(text, rf"{key}: \[\{{(?:on|from)", day):
                text = cut(text, key)
        if later(own, "actual_start", day):
            text = cut(text, "actual_start", "actual_finish", "percent", "remaining")
        elif later(own, "actual_finish", day) or "percent: 100%" not in text:
            text = cut(text, "actual_finish", "percent", "remaining")
        return self.expected(text)

    def expected(self, text: str) -> str:
        """A milestone, deliverable, increment or task with the day that was expected then."""
        planned = find_day(rf"\bplanned(?:_finish)?: {DAY}", text)
        actual, forecast = find_day(rf"\bactual: {DAY}", text), find_day(rf"\bforecast: {DAY}", text)
        if planned and actual and actual > self.day:
            near = planned < actual and self.day >= planned - timedelta(30)
            text = cut(text, "done", "concessions").replace("status: done", "status: in work")
            return text.replace(f"actual: {actual}", f"forecast: {actual}") if near else cut(text, "actual")
        if planned and forecast and forecast > planned:
            slip = (forecast - planned).days * self.known_part() // 3
            then = min(max(planned + timedelta(slip), weekday(self.day + timedelta(14))), forecast) if slip else planned
            if then < self.day:
                then = min(weekday(self.day + timedelta(14)), forecast)
            text = text.replace(f"forecast: {forecast}", f"forecast: {weekday(then)}")
            return text if then > planned else cut(text, "because")
        return text

    def without_loose_ends(self, text: str) -> str:
        """A text that names nothing that was not there yet."""
        for name in self.dropped:
            text = re.sub(rf", (?:{REFERENCES}): {name}(?=[,}}])", "", text)
            text = re.sub(rf"\n +(?:{REFERENCES}): {name}(?=\n)", "", text)
            text = re.sub(rf"(links: \[[^\]]*?)(?:, )?\b{name}\b", r"\1", text)
        return text.replace("links: [, ", "links: [")

    def months(self, spent: str) -> str:
        """The months that are over."""
        return ", ".join(one for one in spent.split(", ") if one[:7] < self.day.isoformat()[:7])

    def grown(self, text: str) -> str:
        """A record of an auditor without the fields that came later: what was done about it, and how it ended."""
        for key in ("closing_meeting", "closed_on", "verified_on"):
            if later(text, key, self.day):
                more = {"closing_meeting": "opinion", "closed_on": "closed_by", "verified_on": "verified_by"}[key]
                text = re.sub(rf"^(?:{key}|{more}): .*\n", "", text, flags=re.MULTILINE)
                text = text.replace("state: closed", "state: running")
        text = re.sub(r"^opinion: .*\n", "", text, flags=re.MULTILINE) if "state: running" in text else text
        gone = [
            one
            for one in re.findall(rf"^  - \{{from: {DAY}, to: [^\n]*\n", text, re.MULTILINE)
            if date.fromisoformat(one) > self.day
        ]
        for one in gone:
            text = re.sub(rf"^(?:extensions:\n)?  - \{{from: {one}[^\n]*\n", "", text, flags=re.MULTILINE)
        return text

    def known_part(self) -> int:
        """How many thirds of the last move of a forecast were known."""
        return max(0, 3 - (LAST.year - self.day.year) * 12 - (LAST.month - self.day.month))

    def phase(self) -> str:
        """The phase that follows from the gates passed so far."""
        whole = "\n".join(self.source[path] for path in self.source if path in {"project.yaml", "schedule.yaml"})
        gates = {gate: date.fromisoformat(on) for gate, on in re.findall(rf"gate: (\w+)[^}}]*actual: {DAY}", whole)}
        final = match.group(1) if (match := re.search(r"^phase: (\w+)", whole, re.MULTILINE)) else "initiation"
        if "start" not in gates or self.day < gates["start"]:
            return "initiation"
        begun = gates.get("execute", gates["start"] + timedelta(21))
        if final == "planning" or self.day < begun:
            return "planning"
        accepted = max(map(date.fromisoformat, re.findall(rf"accepted_by.*actual: {DAY}", whole)), default=LAST)
        return final if final == "execution" or self.day > accepted + timedelta(7) else "execution"

    def ended(self) -> bool:
        """Whether the project had reached the state in which it is now."""
        ends = [find_day(rf"^closed_on: {DAY}", text) for path, text in self.source.items() if path == "closure.md"]
        ends += [
            find_day(rf"^on: {DAY}", text)
            for text in self.source.values()
            if re.search(r"^decision: hold", text, re.MULTILINE)
        ]
        return any(day and day <= self.day for day in ends)


def undo(plan: Files, change: str) -> dict[str, str]:
    """The plan before an approved change."""
    undone = dict(plan)
    for item, name, old, new in re.findall(r"- \{item: ([^,]+), field: (\w+), from: ([^,]+), to: ([^}]+)\}", change):
        where = r"^budget:[\s\S]*?" if item == "budget" else rf"\bid: {item},[^\n]*?"
        for path, text in undone.items():
            undone[path] = re.sub(rf"({where}\b{name}: ){new}\b", rf"\g<1>{old}", text, count=1, flags=re.MULTILINE)
    return undone


def born(path: str, text: str) -> date:
    """The day on which a file came into the world."""
    folder = path.partition("/")[0]
    if folder == "reports":
        return date.fromisoformat(path[-13:-3])
    if path == "index.md":
        return LAST
    key = BORN.get(folder, "closed_on" if path == "closure.md" else "")
    return (find_day(rf"^{key}: {DAY}", text) if key else None) or FIRST


def law_born(text: str) -> date:
    """The day on which a record of the PMO or of an auditor came into the world: the day on which it was first of use."""
    keys = "on|opened|raised_on|acknowledged_on|issued_on|reported_on|planned_on"
    return find_day(rf"^(?:{keys}): {DAY}", text) or FIRST


def weekday(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004 - Friday
