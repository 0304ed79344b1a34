"""Attacks through the text of files: two meanings in one file, letters that look alike, sizes that break a reader."""

from __future__ import annotations

from tests.attacks.town import MANAGER, RECORD, RISKS, attack, judged
from tests.gate.repository import DESK, Governed, Verdict

RISK_GONE = "is gone from the register"


@attack("Write a field twice, once for people and once for the machine", by="DAT-01", says="twice")
def test_field_written_twice(town: Governed) -> Verdict:
    return judged(town.append(DESK, "sponsor: h.dubois\n"))


@attack("Refer to other values by anchors", by="DAT-01", says="stands for a value at another place")
def test_anchors(town: Governed) -> Verdict:
    return judged(
        town.replace(DESK, "sponsor: c.moreau", "sponsor: &who c.moreau").replace(
            DESK, "manager: j.okafor", "manager: *who"
        )
    )


@attack("Let a merge key bring values that nobody reads", by="DAT-01", says="takes over the fields of another place")
def test_merge_keys(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "{currency: EUR, approved: 48000,", "{<<: {approved: 480000}, currency: EUR,"))


@attack("Give a value a tag that would make an object of it", by="DAT-01", says="marks a type")
def test_tags(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "name: New visitor desk, Lyon", "name: !!python/object/apply:os.system ['true']"))


@attack(
    "Put a second document below the first",
    by="DAT-01",
    says="A second document begins here; only the first would be read",
)
def test_second_document(town: Governed) -> Verdict:
    return judged(town.append(DESK, "---\nsponsor: h.dubois\n"))


@attack(
    "Turn the direction of letters around, so that a line reads otherwise than it is",
    by="DAT-01",
    says="An invisible character stands here (U+202E)",
)
def test_letters_turned_around(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "name: New visitor desk, Lyon", "name: New \u202eksed rotisiv\u202c, Lyon"))


@attack("Put letters of no width into an id", by="DAT-01", says="An invisible character stands here (U+200B)")
def test_letters_of_no_width(town: Governed) -> Verdict:
    return judged(town.replace(RISKS, "- id: R-002", "- id: R-0\u200b02"))


@attack("Use an id that looks like another one", by="DAT-01", says="A project's folder cannot have this name")
def test_id_that_looks_alike(town: Governed) -> Verdict:
    text = town.read(DESK).replace("id: visitor-desk ", "id: v\u0456sitor-desk ", 1)
    return judged(town.write("projects/v\u0456sitor-desk/project.yaml", text))


@attack("Use an id that differs only in capital letters", by="PRT-01", says="differ only in capital letters")
def test_id_in_capital_letters(town: Governed) -> Verdict:
    text = town.read(DESK).replace("id: visitor-desk ", "id: Visitor-desk ", 1)
    return judged(town.write("projects/Visitor-desk/project.yaml", text))


@attack("Rename a folder in capital letters only", by="PRT-01", says="is gone")
def test_folder_in_capital_letters(town: Governed) -> Verdict:
    town.git("mv", "projects/visitor-desk", "projects/x")
    town.git("mv", "projects/x", "projects/Visitor-Desk")
    return judged(town)


@attack("Rename a file in capital letters only, so that nobody reads it", outcome="nothing", says="")
def test_file_in_capital_letters(town: Governed) -> Verdict:
    town.git("mv", RISKS, "projects/visitor-desk/x.yaml")
    town.git("mv", "projects/visitor-desk/x.yaml", "projects/visitor-desk/Risks.yaml")
    return judged(town)


@attack("Give a file another ending, so that nobody reads it", by="RSK-03", says=RISK_GONE)
def test_file_of_another_ending(town: Governed) -> Verdict:
    return judged(town.move(RISKS, "projects/visitor-desk/risks.txt"))


@attack("Hide a file behind a dot", by="RSK-03", says=RISK_GONE)
def test_file_behind_a_dot(town: Governed) -> Verdict:
    return judged(town.move(RISKS, "projects/visitor-desk/.risks.yaml"))


@attack(
    "Move an approval out of the folder of approvals, where another owner reviews",
    by="PRT-01",
    says="is gone: the approval AP-001",
)
def test_record_in_another_folder(town: Governed) -> Verdict:
    return judged(town.move("projects/visitor-desk/approvals/AP-001.yaml", "projects/visitor-desk/notes/AP-001.yaml"))


@attack(
    "Write an approval into a folder that the project manager owns",
    by="DAT-01",
    says="Nothing reads a file at this place",
)
def test_approval_where_the_manager_owns(town: Governed, record: str) -> Verdict:
    return judged(town.write("projects/visitor-desk/decided/AP-003.yaml", record), author=MANAGER)


@attack(
    "Number a record otherwise than its file", by="DAT-01", says="Id says `AP-001`, but the file is called `AP-003`"
)
def test_number_of_another_file(town: Governed, record: str) -> Verdict:
    return judged(town.write(RECORD, record.replace("id: AP-003", "id: AP-001")), author="c.moreau@brightwater.example")


@attack("Make a plan too large to read", by="DAT-01", says="This file is too large to read")
def test_file_too_large(town: Governed) -> Verdict:
    return judged(
        town.append(DESK, "# " + "x" * (3 << 20) + "\n").replace(DESK, "sponsor: c.moreau", "sponsor: h.dubois")
    )


@attack("Nest a plan deeper than a reader can follow", by="DAT-01", says="This is nested more than 32 levels deep")
def test_nested_too_deeply(town: Governed) -> Verdict:
    return judged(town.append(DESK, "tags: " + "[" * 6000 + "]" * 6000 + "\n"))


@attack(
    "Let a small file grow into a large one when it is read", by="DAT-01", says="More than 100 things are wrong here"
)
def test_file_that_grows(town: Governed) -> Verdict:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)
    ]
    return judged(town.append(DESK, "\n".join(lines) + "\n"))


@attack("Write bytes that are no text", by="DAT-01", says="This is no text file as UTF-8 knows it")
def test_bytes_that_are_no_text(town: Governed) -> Verdict:
    (town.folder / RISKS).write_bytes(town.read(RISKS).encode("utf-16"))
    return judged(town)


@attack(
    "End a line where other programs see no end, so that people read another value",
    by="DAT-01",
    says="An invisible character stands here (U+000D)",
)
def test_line_ends_that_others_do_not_see(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "sponsor: c.moreau", "sponsor: h.dubois # \rsponsor: c.moreau"))
