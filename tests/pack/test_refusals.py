"""What cannot become a pack is told in words, with the way to mend it, and nothing is written."""

from __future__ import annotations

import shutil

import pptx
import pytest

from tests.command import git, handrail
from tests.pack.packs import commit, opened, pdf_text, plain, repository, slide_of, words, write

WRONG = [
    ((), "say for which board: --board BOARD. There are: portfolio-board, lyon-sites"),
    (("--board", "lyon-site"), "Did you mean `lyon-sites`?"),
    (("--board", "zzz"), "there is no board `zzz`. There are: "),
    (("--board", "lyon-sites", "--as-of", "2031-01-01"), "2031-01-01 is still to come"),
    (("--board", "lyon-sites", "--as-of", "2020-01-01"), "the history does not go back to 1 Jan 2020: it begins on "),
    (("--board", "lyon-sites", "--since", "2026-12-04"), "is not before 2026-12-04"),
    (("--board", "lyon-sites", "--format", "pdf", "--out", "x.pptx"), "ends in .pptx, but --format says pdf"),
    (("--board", "lyon-sites", "--out", "x.docx"), "a pack is a PDF or slides, not .docx: name x.pdf or x.pptx."),
    (("--board", "lyon-sites", "--template", "t.pptx"), "a template is for slides"),
    (("--board", "lyon-sites", "--format", "pptx", "--template", "none.pptx"), "none.pptx cannot be read"),
    (("lyon-sites",), "handrail export pack --board lyon-sites"),
]


@pytest.mark.parametrize(("asked", "said"), WRONG, ids=lambda one: " ".join(one) if isinstance(one, tuple) else "")
def test_what_is_asked_wrongly(plans, asked, said):
    before = sorted(plans.iterdir())
    done = handrail("export", "pack", *asked, cwd=plans)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert sorted(plans.iterdir()) == before


def test_options_of_a_pack_beside_another_format(plans):
    done = handrail("export", "json", "--board", "lyon-sites", cwd=plans)
    assert done.status == 2
    assert "--board is only for a pack" in done.err


@pytest.fixture
def own(plans, tmp_path):
    return shutil.copytree(plans, tmp_path / "own", symlinks=True)


def test_a_board_without_projects(own):
    boards = own / "standards/policy/boards.yaml"
    boards.write_text(
        boards.read_text() + "  - {id: empty-board, name: Empty board, members: [m.keller], meets: every Monday}\n"
    )
    commit(own, "2026-12-02T09:00:00+00:00")
    done = handrail("export", "pack", "--board", "empty-board", cwd=own)
    assert done.status == 2
    assert "no project that is open names the board empty-board (Empty board)" in done.err


def test_what_is_not_committed_is_told_and_not_in_it(own, tmp_path):
    plan = own / "projects/ticket-app/project.yaml"
    plan.write_text(plan.read_text().replace("name: Tickets in the travel app", "name: A draft of a name"))
    done = write(own, "digital-board", tmp_path / "a.pptx")
    assert "What is not committed yet is not in the pack." in done.err
    assert slide_of(opened(tmp_path / "a.pptx"), "Tickets in the travel app")


def test_as_it_stood_when_the_day_ended(tmp_path):
    root = repository(tmp_path / "plans", date="2026-10-01T09:00:00+00:00")
    plan = root / "projects/ticket-app/project.yaml"
    first = git("rev-parse", "HEAD", cwd=root).strip()
    plan.write_text(plan.read_text().replace("name: Tickets in the travel app", "name: Tickets with a new name"))
    commit(root, "2026-12-02T09:00:00+00:00")
    for day, name in (("2026-12-01", "Tickets in the travel app"), ("2026-12-02", "Tickets with a new name")):
        done = handrail(
            "export", "pack", "--board", "digital-board", "--as-of", day, "--out", tmp_path / "a.pptx", cwd=root
        )
        assert done.status == 0, done.err
        deck = opened(tmp_path / "a.pptx")
        assert slide_of(deck, name)
        assert (first[:12] in words(deck.slides[0])) == (day == "2026-12-01")


def test_a_folder_without_git_says_so_on_every_page(plans, tmp_path):
    for part in ("standards", "projects"):
        shutil.copytree(plans / part, tmp_path / "plain" / part)
    write_to = tmp_path / "a.pdf"
    done = handrail("export", "pack", "--board", "lyon-sites", "--out", write_to, cwd=tmp_path / "plain")
    assert done.status == 0, done.err
    pages = pdf_text(write_to)
    assert all("Lyon sites board · data of 4 Dec 2026 · no commit" in one for one in pages)
    assert "plans that are kept without Git" in plain(pages[0])


def test_a_restricted_project_is_counted_and_not_named(own, tmp_path):
    plan = own / "projects/ticket-app/project.yaml"
    plan.write_text(plan.read_text() + "sensitivity: restricted\n" if "sensitivity:" not in plan.read_text() else plan.read_text().replace("sensitivity: internal", "sensitivity: restricted"))  # fmt: skip
    commit(own, "2026-12-02T09:00:00+00:00")
    write(own, "digital-board", tmp_path / "a.pptx")
    deck = opened(tmp_path / "a.pptx")
    titles = [one.shapes.title.text for one in deck.slides]
    assert "Tickets in the travel app" not in titles
    assert "1 restricted project of this board" in words(list(deck.slides)[-1])


class TestTemplates:
    """A template is looked at whole before a slide is written."""

    @pytest.fixture
    def template(self, tmp_path):
        goal = tmp_path / "house.pptx"
        done = handrail("export", "pack", "--new-template", goal, cwd=tmp_path)
        assert done.status == 0, done.err
        return goal

    def test_ours_serves_as_a_beginning(self, template, plans, tmp_path):
        deck = pptx.Presentation(str(template))
        layout = next(one for one in deck.slide_layouts if one.name == "Handrail table")
        title = next(one for one in layout.placeholders if one.name == "Title")
        title.left, title.top = 1234567, 345678
        deck.slides.add_slide(layout)
        deck.save(str(template))
        write(plans, "lyon-sites", tmp_path / "a.pptx", "--template", str(template))
        slides = list(opened(tmp_path / "a.pptx").slides)
        assert (slides[1].shapes.title.left, slides[1].shapes.title.top) == (1234567, 345678)
        assert slides[0].shapes.title.text == "Lyon sites board", (
            "slides of the template are examples and do not go out"
        )

    def test_it_is_never_written_over(self, template):
        before = template.read_bytes()
        done = handrail("export", "pack", "--new-template", template, cwd=template.parent)
        assert (done.status, template.read_bytes()) == (2, before)

    def test_everything_it_lacks_is_told_at_once(self, template, plans, tmp_path):
        deck = pptx.Presentation(str(template))
        for layout in deck.slide_layouts:
            if layout.name == "Handrail table":
                next(one for one in layout.placeholders if one.name == "Lead").name = "Lede"
            if layout.name == "Handrail project":
                layout._element.cSld.set("name", "Our project")
        deck.save(str(template))
        done = handrail(
            "export",
            "pack",
            "--board",
            "lyon-sites",
            "--format",
            "pptx",
            "--template",
            template,
            "--out",
            tmp_path / "a.pptx",
            cwd=plans,
        )
        assert (done.status, (tmp_path / "a.pptx").exists()) == (2, False)
        assert 'its layout "Handrail table" has no placeholder "Lead".' in done.err
        assert 'it has no layout "Handrail project", with the placeholders "Title", "Colour"' in done.err
        assert "Traceback" not in done.err

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", b"<html>"])
    def test_what_is_no_slide_file(self, plans, tmp_path, data):
        (tmp_path / "t.pptx").write_bytes(data)
        done = handrail(
            "export", "pack", "--board", "lyon-sites", "--format", "pptx", "--template", tmp_path / "t.pptx", cwd=plans
        )
        assert done.status == 2
        assert "is no PowerPoint file" in done.err

    def test_the_organisation_names_its_own(self, template, own, tmp_path):
        settings = own / "standards/handrail.yaml"
        settings.write_text(settings.read_text() + "pack_template: standards/templates/house.pptx\n")
        commit(own, "2026-12-02T09:00:00+00:00")
        done = handrail(
            "export", "pack", "--board", "lyon-sites", "--format", "pptx", "--out", tmp_path / "a.pptx", cwd=own
        )
        assert done.status == 2
        assert (
            "standards/templates/house.pptx, which standards/handrail.yaml names as pack_template, cannot be read"
            in done.err
        )
        shutil.copy(template, own / "standards/templates/house.pptx")
        commit(own, "2026-12-03T09:00:00+00:00")
        write(own, "lyon-sites", tmp_path / "a.pptx")
