"""Data is readable by a human and a machine.

Every file must parse, fit its fields, use ids that last, ISO dates and exact amounts with a currency, name nothing that
does not exist, and say nothing twice. A silent duplicate key is a wrong plan; a misspelt state skips a rule. The same holds
for the policy: a setting of an unknown rule or figure, a path over an unknown gate, a role that nobody has would change
nothing or open something, without a word. And no setting weakens a rule that nobody can waive.
What cannot be read is told at its place, and everything else is judged all the same.
"""

from collections.abc import Iterator

from handrail.load import Loaded
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.engine import World

RULE = RuleFile(
    id="DAT-01",
    title="Data is readable by a human and a machine",
    requirement="S-DATA.1",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="A silent duplicate key is a wrong plan.",
    ask="the PMO",
    applies_to=AppliesTo(kind="project"),
)


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Everything that reading had to say."""
    del world
    yield from loaded.remarks
