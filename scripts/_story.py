"""What the sample's year tells beside the projects: how the law grew, who left, what went past the gate.

The sample holds how it ended. Here stands what a text said earlier, each time as the words of today and those of then. A text
that no longer holds the words of today stops the script: the story and the sample must fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

FIRST = date(2026, 1, 5)
LANDED, LEFT = date(2026, 5, 13), date(2026, 9, 28)
"""The day on which the changed standard came in; the day on which j.renard handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """Between two days, the second not included, a file said something else than it does today.

    now, then: the words. everywhere: at each place, not at just one. upto: the words of today go on until these, left alone.
    """

    path: str
    until: date
    now: str
    then: str
    since: date = FIRST
    everywhere: bool = False
    upto: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A merge of its own, or a commit straight to the main line. project: whose part of the tree it brings, besides `law`.

    rule: what would have stopped it, if anything. direct: without a branch.
    """

    day: date
    who: str
    branch: str
    title: str
    project: str = ""
    law: bool = False
    rule: str = ""
    direct: bool = False


_LAST = ("BC-03", "BC-06", "CST-01", "QLT-02", "RES-02", "RSK-02", *(f"SCH-0{n}" for n in range(1, 9)))
_WAVES = (
    """observe: yes      # every rule watches until its day: nobody had to mend everything on the first of January
plan:
  - {from: 2026-02-04, enforce_at: merge}
  - {from: 2026-04-01, enforce_at: gate}
rules:            # the last to bite: what needs a network of tasks, or figures that add up to the cent
"""
    + "".join(f"  - {{rule: {one}, enforce_at: gate, from: 2026-10-01}}\n" for one in _LAST)
    + "".join(f"  - {{rule: {one}, enforce_at: watch}}\n" for one in _LAST)
)
_SETTLED = "observe: no       # yes: every rule only watches, until the days in `plan`\nrules: []\n"
_BY_THE_CENT = "figures that add up to the cent\n"
_RISK = """- id: R-003
  title: False tickets
  cause: A ticket is a picture on a phone
  event: pictures are copied
  effect: fares are lost and drivers argue
  probability: 2
  impact: 4
  response: reduce
  action: Moving background and check code of the minute
  owner: z.ahmed
  due: 2026-12-11
  review: 2027-01-11
  raised_on: 2026-05-04
  target_probability: 1
  target_impact: 3
  status: open
"""
ENFORCEMENT = "standards/policy/enforcement.yaml"
GRID = "projects/depot-grid"
PAST_THE_GATE = (
    Moment(day=date(2026, 5, 22), who="o.haddad", branch="update/depot-grid-friday", title="Connection comes later",
           project="depot-grid", rule="BSL-01"),
    Moment(day=date(2026, 7, 17), who="v.leroy", branch="hotfix/payment-gateway", title="Let payment-gateway through",
           project="payment-gateway", law=True, rule="GOV-05"),
    Moment(day=date(2026, 9, 10), who="d.martin", branch="", title="Tidy up the risks", project="ticket-app", rule="RSK-03",
           direct=True),
)  # fmt: skip
"""What went in although the gate would have stopped it."""
MOMENTS = (
    *PAST_THE_GATE,
    Moment(day=date(2026, 6, 5), who="o.haddad", branch="update/depot-grid-back", title="The approved day stands again",
           project="depot-grid"),
    Moment(day=date(2026, 7, 24), who="v.leroy", branch="framework/scope-bites-again", title="The scope is checked again",
           law=True),
    Moment(day=date(2026, 7, 27), who="n.fournier", branch="update/payment-gateway-constraint",
           title="The constraint stands again", project="payment-gateway"),
    Moment(day=date(2026, 9, 17), who="d.martin", branch="update/ticket-app-risk", title="The risk of false tickets is back",
           project="ticket-app"),
    Moment(day=LEFT, who="b.rossi", branch="handover/roster-tool", title="j.renard hands over to b.rossi",
           project="roster-tool"),
    Moment(day=LEFT, who="p.nowak", branch="handover/directory", title="j.renard leaves", law=True),
)  # fmt: skip

THEN = (
    # the lesson of the network: what the standard, its rule, its starters and its training said before
    Then(path="standards/scope/index.md", until=LANDED, now="version: 2.", upto="\nstatus", then="version: 1.0.0"),
    Then(path="standards/scope/index.md", until=LANDED, now="effective_from: 2026-", upto="\nreviewed_on",
         then="effective_from: 2026-01-01"),
    Then(path="standards/scope/index.md", until=LANDED, then=".", now=", each assumption with somebody who finds out by a day."),
    Then(path="standards/scope/scp-01.rule.yaml", until=LANDED, then="",
         now="  - each: project.scope.assumptions\n    when: \"project.tier != 'small' && item.state == 'open'\"\n"
             '    assert: "has(item.owner) && has(item.validate_by)"\n    at: owner\n'
             "    message: 'Nobody finds out by a day whether this holds: \"{item.statement}\".'\n"
             '    fix: "Add who and until when: `owner: <handle of who finds out>`, `validate_by: <day>`."\n'),
    Then(path="standards/templates/project/medium/project.yaml", until=LANDED, then="",
         now=" (assumptions, each with owner and validate_by: who goes and looks, by which day)"),
    Then(path="standards/templates/project/large/project.yaml", until=LANDED, then="assumptions",
         now="assumptions with owner and the day they must be known"),
    *(Then(path="standards/policy/templates.yaml", until=LANDED, now=f"project/{tier}, version: 1.1.0, changed_on: 2026-05-11",
           then=f"project/{tier}, version: 1.0.0, changed_on: 2026-01-01") for tier in ("medium", "large")),
    *(Then(path=f"standards/training/{one}.md", until=LANDED, now="S-SCOPE@2", then="S-SCOPE@1")
      for one in ("first-week", "planning", "reviewing")),
    Then(path="standards/training/planning.md", until=LANDED, now="version: 1.1.0", then="version: 1.0.0"),
    Then(path="standards/training/planning.md", until=LANDED, now="changed_on: 2026-05-11", then="changed_on: 2026-01-12"),
    Then(path="standards/training/quizzes/planning.yaml", until=LANDED, now="version: 1.1.0", then="version: 1.0.0"),
    Then(path="standards/scope/CHANGELOG.md", until=LANDED, now="## 2.", upto="## 1.0.0", then=""),
    # the proposal: raised, decided, done
    Then(path="standards/proposals/PP-001.yaml", until=date(2026, 6, 1), now="implemented_on: 2026-06-01\n", then=""),
    Then(path="standards/proposals/PP-001.yaml", until=date(2026, 4, 20), now="state: accepted\ndecided_on: 2026-04-20\n",
         then="state: open\n"),
    # only the sample stands still on its last day
    Then(path="standards/handrail.yaml", until=date(2026, 12, 4), then="",
         now='as_of: 2026-12-04               # fixes "today" for the sample; a real organisation leaves this out\n'),
    # when the rules bite
    Then(path=ENFORCEMENT, until=date(2026, 10, 12), now=_SETTLED, then=_WAVES),
    # the app's plan was moved to the new template when its lesson had landed; two others were not
    Then(path="projects/ticket-app/project.yaml", until=date(2026, 6, 1), now="template: 1.1.0", then="template: 1.0.0"),
    # who was there
    Then(path="standards/people/people.yaml", until=LEFT,
         now="from: 2012-01-01, to: 2026-09-30, roles: [{role: project manager, from: 2016-01-01, to: 2026-09-30}]",
         then="from: 2012-01-01, roles: [{role: project manager, from: 2016-01-01}]"),
    Then(path="projects/roster-tool/project.yaml", until=LEFT, now="b.rossi", then="j.renard", everywhere=True),
    # a deviation that ran out before what it stood for was there
    Then(path=f"{GRID}/project.yaml", until=date(2026, 10, 5), then="",
         now="raci:\n  - {what: D1, responsible: [SUP-1], accountable: o.haddad, supports: [p.blanc], consulted: [u.weber], "
             "informed: [t.abebe]}\n  - {what: D2, responsible: [SUP-2], accountable: o.haddad, supports: [p.blanc], "
             "consulted: [u.weber], informed: [y.diallo]}\n"),
    # past the gate, and put right again
    Then(path=f"{GRID}/schedule.yaml", since=date(2026, 5, 22), until=date(2026, 6, 5),
         now="name: Connection live, planned: 2027-01-29", then="name: Connection live, planned: 2027-02-26"),
    Then(path=ENFORCEMENT, since=date(2026, 7, 17), until=date(2026, 7, 24), now=_BY_THE_CENT,
         then=_BY_THE_CENT + "  - {rule: SCP-01, enforce_at: watch}\n"),
    Then(path=ENFORCEMENT, since=date(2026, 7, 24), until=date(2026, 10, 12), now=_BY_THE_CENT,
         then=_BY_THE_CENT + "  - {rule: SCP-01, enforce_at: gate, from: 2026-08-07}\n  - {rule: SCP-01, enforce_at: watch}\n"),
    Then(path="projects/payment-gateway/project.yaml", since=date(2026, 7, 17), until=date(2026, 7, 27), then="",
         now=', "The old gateway ends on 30 June 2027"'),
    Then(path="projects/ticket-app/risks.yaml", since=date(2026, 9, 10), until=date(2026, 9, 17), then="", now=_RISK),
)  # fmt: skip


def as_it_stood(files: Mapping[str, str], day: date, below: str = "") -> dict[str, str]:
    """Files with the words that they had on a day. `below`: the folder that the paths are told from."""
    told = dict(files)
    for one in THEN:
        path = one.path.removeprefix(below)
        if not one.since <= day < one.until or (below and path == one.path) or path not in told:
            continue
        found = told[path].count(one.now)
        if not found or (found > 1 and not (one.everywhere or one.upto)):
            raise SystemExit(f"the story no longer fits {one.path}: {one.now[:60]!r} stands there {found} times")
        now = one.now
        if one.upto:
            now = told[path][told[path].index(one.now) :]
            now = now[: now.index(one.upto)]
        told[path] = told[path].replace(now, one.then)
    return told
