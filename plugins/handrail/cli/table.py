"""COMMANDS: every command, what it is for, what it reads and what it writes. The handbook's page is made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Command:
    """One command. `module` holds `EXAMPLES`, `add_arguments(parser)` and `run(args) -> int`; `writes` is empty for most."""

    name: str
    module: str
    help: str
    reads: str
    writes: str = ""


COMMANDS: tuple[Command, ...] = (
    Command(name="init", module="init", help="Start a governed repository.", reads="the starter of this version",
            writes="the new folder"),
    Command(name="new", module="new", help="Start a project, or write one record: risk, report, change and the like.",
            reads="standards and projects", writes="the new project's folder, or the record's own lines"),
    Command(name="set", module="set_", help="Change one value of a plan and nothing else.", reads="standards and projects",
            writes="the lines of that value"),
    Command(name="fmt", module="fmt", help="Lay data files out as the form editor writes them.",
            reads="the data files of projects/, or what is named", writes="files that are laid out otherwise, unless --check"),
    Command(name="handover", module="handover", help="Give everything open of somebody who leaves to somebody else.",
            reads="standards and projects", writes="every file that names them in something open, unless --dry-run"),
    Command(name="upgrade", module="upgrade", help="Move plans to the present version of their template and format.",
            reads="standards and projects", writes="the lines that change, unless --dry-run"),
    Command(name="baseline", module="baseline", help="Freeze the approved plan of a project.", reads="the project's plan",
            writes="one new file in the project's folder baselines/"),
    Command(name="approve", module="approve", help="Put a decision on record, bound to what was approved.",
            reads="standards and projects", writes="one new file in the project's folder approvals/"),
    Command(name="record", module="record", help="Turn reviews on the host into approvals for the branch.",
            reads="standards and projects in Git's history", writes="the file named by --output, if any"),
    Command(name="evidence", module="evidence", help="Write down of a merge who wrote and reviewed it, and what the gate says.",
            reads="standards and projects in Git's history", writes="the file named by --output, if any"),
    Command(name="audit", module="audit", help="Audit a period: population, sample, merges judged again, evidence packs, findings.",
            reads="standards and projects, now and in Git's history", writes="the audit's folder in standards/audits/, and the pack"),
    Command(name="check", module="check", help="Judge plans and standards, line by line.",
            reads="standards and projects", writes="the file named by --output, if any"),
    Command(name="impact", module="impact", help="Tell what changed standards would do to every plan.",
            reads="standards and projects, now and in Git's history", writes="the file named by --output, if any"),
    Command(name="changes", module="changes", help="Tell what changed since a day, in sentences.",
            reads="standards and projects, now and in Git's history", writes="the file named by --output, if any"),
    Command(name="status", module="status", help="Show where the portfolio or one project stands.",
            reads="standards and projects"),
    Command(name="loop", module="loop", help="Tell whether we are getting better: the figures of the loop that learns.",
            reads="standards and projects, now and in Git's history", writes="the file named by --output, if any"),
    Command(name="schedule", module="schedule", help="Show a plan's tasks against time, and what decides each date.",
            reads="standards and projects", writes="the file named by --output, if any"),
    Command(name="explain", module="explain", help="Say more about a rule or a remark.", reads="standards and projects"),
    Command(name="test-rules", module="test_rules", help="Run the cases of the rules.", reads="standards"),
    Command(name="schema", module="schema", help="Write JSON Schemas for editors.", reads="nothing",
            writes="the folder that is named"),
    Command(name="export", module="export", help="Write figures for other programs.", reads="standards and projects",
            writes="the file or folder named by --output, if any; a workbook into PROJECT.xlsx"),
    Command(name="import", module="import_", help="Turn a list from elsewhere, or an edited workbook, into plans.",
            reads="the list and its mapping, or the workbook and the commit it was made from",
            writes="projects below --into, and the report file; of a workbook one new branch"),
    Command(name="remind", module="remind", help="Say what is due from whom.", reads="standards and projects",
            writes="the file named by --output, if any"),
    Command(name="report", module="report", help="Tell one reader what concerns them: a person, a stakeholder, a board.",
            reads="standards and projects, and with --since Git's history", writes="the file named by --output, if any"),
    Command(name="codeowners", module="codeowners", help="Write the host's list of reviewers from the policy.",
            reads="standards and projects", writes="CODEOWNERS"),
    Command(name="holidays", module="holidays", help="Write a country's public holidays into the organisation's calendar.",
            reads="standards/handrail.yaml", writes="the missing days, in standards/handrail.yaml"),
    Command(name="doctor", module="doctor", help="Say what would let a change slip past the gate.",
            reads="everything, and the host's settings from --settings", writes="the file named by --output, if any"),
    Command(name="training", module="training", help="Show sessions ahead, gaps of competence and learning paths.",
            reads="standards and projects", writes="the file named by --calendar, if any"),
    Command(name="quiz", module="quiz", help="Grade the quiz of a training module.", reads="standards/training",
            writes="the completion, with --record"),
    Command(name="sandbox", module="sandbox", help="Lay down an exercise, or check it.", reads="the exercises of this version",
            writes="the new folder"),
    Command(name="build", module="build", help="Build the site.", reads="everything", writes="the folder site/"),
    Command(name="render", module="render", help="Write the site as plain files for other generators.", reads="everything",
            writes="the folder that is named"),
    Command(name="serve", module="serve", help="Build the site and show it on this machine.", reads="everything"),
)  # fmt: skip
