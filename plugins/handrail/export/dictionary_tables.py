"""What every column of the tables across projects says, for the handbook's page of exported data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from handrail.compute.getting_better import MEASURED
from handrail.fields import fields_of
from handrail.model.rule_file import RuleFile

TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "overloads": {
        "month": "the month", "kind": "person or role", "name": "who", "demand": "what is asked, in full months", "capacity": "what is there",
        "over": "the difference", "projects": "who asks, the lowest priority first", "free": "who of the same role has the time",
    },
    "demand": {
        "month": "the month", "kind": "person, role, equipment or material", "name": "who or what", "project": "which project asks",
        "share": "in full months", "source": "allocation, team or tasks",
    },
    "benefits_due": {
        "project": "the project, closed ones too", "id": "the benefit", "what": "what gets better", "owner": "who measures it",
        "state": "where its measuring stands", "due": "when it is to be measured", "days_late": "days since then",
        "realised": "share of the promised change", "interim": "measured before its day",
    },
    "common_causes": {
        "kind": "how it was recognised: cause, supplier or tag", "cause": "the words, the party or the tag", "worst": "the highest score among its risks",
        "projects": "how many projects it threatens", "exposure": "probability times cost impact of its risks that give both; null where a rate is missing",
        "currency": "the organisation's", "project": "whose risk this line is", "risk": "the risk", "title": "its title",
        "score": "probability times impact", "owner": "who looks after it",
    },
    "reference_class": {
        "tier": "the tier, or all", "what": "slip or growth", "projects": "how many", "p10": "one in ten had at most this",
        "median": "half had", "p80": "four fifths had", "p90": "nine in ten had", "why": "why there is nothing to say",
    },
    "coverage": {
        "requirement": "the requirement", "standard": "its standard", "version": "of that standard", "level": "must, should or may",
        "text": "what it asks", "state": "rule, field or question, person, or nothing: what shows that it is met",
        "rules": "rules that check it", "fields": "fields of plans that show it", "questions": "questions of gates that ask it",
        "missing": "what it names and is not there, or is switched off", "manual_evidence": "what a person looks at",
        "responsible": "the role that applies it",
    },
    "conformity": {
        "framework": "the framework from outside", "title": "what it is called", "edition": "which edition", "current": "whether it is the newest",
        "clause": "the clause", "heading": "its heading; null where the framework's file does not list it",
        "state": "covered, partly, unverified or not", "requirement": "a requirement that maps to it; one line for each",
        "relation": "covers, extends or partly", "verified": "whether somebody has looked", "checked_by": "who", "checked_on": "when",
        "through": "clauses below it that are mapped",
    },
    "findings": {
        "audit": "the audit", "id": "the finding", "title": "in a few words", "project": "where it was found; null for the PMO's own",
        "requirement": "what it is about", "severity": "how bad", "state": "what became of it today", "response": "what management says",
        "action": "what corrects the cause", "owner": "who does it", "raised_on": "when it was raised", "first_due": "the day agreed at first",
        "due": "the day agreed last", "extended": "how often it was moved", "days_left": "below zero when late; null where nothing is due",
        "not_contained": "critical, and its harm not stopped in 14 days", "accepted_by": "who bears the risk instead",
        "verified_by": "the auditor who saw it done",
    },
    "strategy": {
        "below_kind": "objective, programme, project, deliverable, decision or request", "below": "what serves; items as project/id",
        "below_title": "its name", "above_kind": "the same of what is served", "above": "what is served", "above_title": "its name",
        "weight": "its part of what the project is for, where the plan says so",
    },
    "returns": {
        "kind": "programme or objective", "id": "its id", "title": "its name or statement",
        "costs": "what the projects below it cost over their whole life, by weight", "benefits": "and what they bring",
        "currency": "the organisation's", "roi": "(benefits - costs) / costs of these sums", "projects": "those that count",
        "without": "those without cash flows, or in a currency without a rate",
    },
    "contributions": {
        "objective": "the objective", "project": "the project that names it", "priority": "the project's, 1 is first",
        "weight": "the objective's part of the project; parts that are not said share the rest", "budget": "the approved budget by that part", "currency": "of it",
        "roi": "the return of its business case: (benefits - costs) / costs",
    },
    "strategy_gaps": {
        "what": "uncovered, or leads nowhere", "kind": "objective, programme, project or deliverable", "id": "its id", "title": "its name",
    },
    "other_repositories": {
        "repository": "another repository that handrail.yaml names", "as_of": "the day of its export", "age_days": "days since then",
        "stale": "older than a week", "open_projects": "how many it has, restricted ones too", "red": "by the colour that counts",
        "amber": "likewise", "green": "likewise", "not_known": "likewise", "restricted": "those that it only counts",
        "fault": "why nothing is known of it",
    },
    "other_projects": {
        "repository": "where it comes from", "as_of": "the day of that export", **{
            name: f"as that export says: {says}" for name, says in (
                ("id", "its id"), ("name", "its name"), ("unit", "its department"), ("tier", "its tier"), ("phase", "its phase"),
                ("state", "its state"), ("manager", "who leads it"), ("colour", "the colour that counts"),
                ("end_approved", "the approved end"), ("end_expected", "the expected end"), ("next_gate", "its next gate"),
                ("next_gate_expected", "when that is expected"), ("report", "the day of its newest report"),
            )
        },
    },
    "improvement": {"day": "the end of a month, or the day of the look", **{one.name: one.says for one in MEASURED}},
    "recurrence": {
        "proposal": "the change that landed", "cause": "what it should end", "before": "how often that came up before it",
        "after": "and in as much time after it", "days": "how long that is, at most a year", "rate": "after divided by before",
    },
    "lesson_uses": {
        "lesson": "project and lesson", "project": "the project that looked at it", "disposition": "applied or not applicable",
        "where": "where it was applied, or why not",
    },
    "remarks": {
        "project": "the project", "rule": "the rule", "level": "must or should", "severity": "how grave", "enforce_at": "what it stops",
        "state": "new, worsened, existing or waived", "message": "what is the matter", "fix": "how to mend it", "file": "where",
        "waived_by": "the waiver", "fingerprint": "the same from day to day",
    },
    "compliance": {
        "project": "the project", "rule": "a rule that looks at it; one line for each", "requirement": "what the rule verifies",
        "verdict": "open, permitted, kept, at changes (it judges changes and no state) or off", "remarks": "how many it has to say",
        "waiver": "the deviation that permits it", "mended_by": "of a kept rule, the commit that mended its last remark", "mended_on": "the day of that",
    },
    "rules": {one.key: one.description for one in fields_of(RuleFile)},
})  # fmt: skip
"""Tables across projects that are not registers."""
