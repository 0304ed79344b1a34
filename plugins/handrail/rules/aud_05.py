"""The PMO is audited too.

Waivers, previews of new rules, changes of rules and merges that went around the gate are the PMO's own work. Once a year
somebody outside the PMO looks at them: an audit of type `pmo`, closed within the last twelve months, whose auditors hold no
role in the PMO.
"""

from collections.abc import Iterator
from datetime import date

from handrail.compute.months import add_months
from handrail.load import Loaded
from handrail.model.assurance import Audit
from handrail.model.organisation import PersonRecord
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.engine import World
from handrail.rules.speaking import say

RULE = RuleFile(
    id="AUD-05",
    title="The PMO is audited too",
    requirement="S-AUDIT.3",
    level="must",
    enforce_at="watch",
    waivable=False,
    why="Who sets the rules and grants the exceptions must be looked at by somebody else.",
    ask="the auditor",
    applies_to=AppliesTo(kind="portfolio"),
)
_MONTHS = 12
_PLACE = Loc("standards/handrail.yaml")


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """No such audit in twelve months, or one by somebody of the PMO. An organisation begins with a year of grace."""
    del loaded
    repository, as_of = world.portfolio.repository, world.portfolio.as_of
    own = [one for one in repository.every(Audit) if one.type == "pmo"]
    for audit in own:
        for i, person in enumerate(audit.auditors):
            if _in_pmo(repository.people.get(person), audit.closed_on or as_of):
                yield say(
                    RULE, audit.loc.at("auditors", i),
                    f'"{audit.title}" looks at the PMO, and one of its auditors works there.',
                    "Ask somebody of another department, or an auditor from outside.",
                    pointer=f"/audit/{audit.id}/{person}",
                )  # fmt: skip
    first = min((one.effective_from for one in repository.standards.values() if one.effective_from), default=None)
    if first is None or as_of <= add_months(first, _MONTHS):
        return
    closed = max((one.closed_on for one in own if one.closed_on and one.closed_on <= as_of), default=None)
    if closed is None or as_of > add_months(closed, _MONTHS):
        since = f"since {closed:%d %b %Y}" if closed else "yet"
        yield say(
            RULE, _PLACE,
            f"Nobody from outside has audited the work of the PMO {since}.",
            "The auditor plans one: `handrail new audit --set id=pmo-2027 --set title=... --set type=pmo`.",
            pointer="/pmo",
        )  # fmt: skip


def _in_pmo(person: PersonRecord | None, day: date) -> bool:
    return person is not None and any(
        role.role.startswith("pmo") and (role.from_ or day) <= day <= (role.to or day) for role in person.roles
    )
