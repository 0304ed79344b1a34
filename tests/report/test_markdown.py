"""The comment on a pull request: brief, in the order in which it matters, and nobody is called or closed by what a plan says."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from handrail.change.agreements import Agreement
from handrail.change.grouping import Told
from handrail.change.meaning import Change
from handrail.remark import Loc
from handrail.report import render
from handrail.report.harmless import code, harmless, phrased, sentence
from handrail.report.markdown import MARKER
from handrail.report.model import Expiry
from markdown import markdown
from markdown_it import MarkdownIt

from tests.report.reports import remark, report

ATTACKS = [
    "@everyone look", "ask @c.moreau, please", "closes #1, fixes GH-12, resolves owner/repo#3", "see !12 and %3 and ~bug and $4 and &5",
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "![tracker](https://example.org/a.png)", "[click](javascript:alert(1))",
    "https://example.org/x and www.example.org and mailto:a@example.org", "</details></summary><h1>Approved</h1>", MARKER,
    "`@everyone` and `</code><img src=x>`", "one ` sign", "# Approved", "- [x] approved", "1. first", "> quoted", "***bold*** ~~gone~~ __x__",
    "two\n\n# lines\n/close\n/approve", "a | b\n|---|---|", "&lt;b&gt; &#64;everyone &copy;", ":octocat: :+1:", "$$x$$ and $`x`$", "\\@everyone \\<b>",
    "\u202egnp.exe \x1b[31m \x00", "a\u200b@everyone", "@\u200beveryone", "[ref]: https://example.org", "    indented code", "***", "---", "+ plus", "=====",
]  # fmt: skip
REFERENCES = re.compile(r"[@#!~%$&][\w\"]|\bGH-\d|https?://|www\.\w|mailto:\w|:\w+:", re.IGNORECASE)


class Tags(HTMLParser):
    """Every tag and comment of a page, and its text outside and inside of code."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.comments: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append(tag if not attrs or tag in {"ol", "a", "img"} else f"{tag} {attrs}")

    def handle_comment(self, data) -> None:
        self.comments.append(data)

    def handle_data(self, data) -> None:
        self.text += data


def change(sentence_: str, weight: int = 50, project: str | None = "visitor-desk") -> Told:
    one = Change(project=project, kind="risk", id="R-001", what="changed", sentence=sentence_, weight=weight)
    return Told(project=project, sentence=sentence_, weight=weight, changes=(one,))


def group(sentence_: str, *members: str) -> Told:
    ones = tuple(change(one).changes[0] for one in members)
    return Told(project="visitor-desk", sentence=sentence_, weight=60, changes=ones)


def comment(*remarks, **more) -> str:
    return render(report(*remarks, **{"judged": True, **more}), "markdown")


def pages(text: str) -> list[Tags]:
    """As two readers of Markdown show it: CommonMark, as hosts do, and Python-Markdown."""
    return [
        Tags(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)),
        Tags(markdown(text, extensions=["md_in_html"])),
    ]


def briefless(comment_: str) -> str:
    """What the comment carries for machines is letters and digits, whatever a plan says."""
    return re.sub(r"^ handrail: brief [A-Za-z0-9+/=]+ $", "brief", comment_)


@pytest.mark.parametrize("words", ATTACKS)
def test_what_a_plan_says_does_nothing(words: str) -> None:
    def whole(text: str) -> str:
        ones = [
            remark(text, enforce_at=bites, fix=text, loc=Loc(f"projects/{text}.yaml"))
            for bites in ("merge", "gate", "watch")
        ]
        ones.append(remark(text, state="waived", waived_by="W-001"))
        agreed = Agreement(project="visitor-desk", what=text, who=text)
        return comment(
            *ones, changes=(change(text), change(text, 5), group(text, text, text)), agreements=(agreed,), touched=(text,),
            names={"visitor-desk": text}, gates={"visitor-desk": text}, impact=(text,),
        )  # fmt: skip

    plain, attacked = whole("plain words"), whole(words)
    assert attacked.count(MARKER) == plain.count(MARKER) == 1
    assert attacked.startswith(MARKER)
    for want, got in zip(pages(plain), pages(attacked), strict=True):
        assert [tag for tag in got.tags if tag != "code"] == [tag for tag in want.tags if tag != "code"]
        assert [briefless(one) for one in got.comments] == [briefless(one) for one in want.comments]
        assert not REFERENCES.search(got.text.replace("&amp;", "&")), REFERENCES.search(got.text)
    assert not [line for line in attacked.splitlines() if re.match(r"\s*/\w", line)]
    assert "\x1b" not in attacked


@pytest.mark.parametrize("words", [one for one in ATTACKS if "\x1b" not in one and "\n" not in one and "`" not in one])
def test_it_is_still_there_to_be_read(words: str) -> None:
    for page in pages(f"- {harmless(words)}"):
        assert " ".join(page.text.replace("\u200b", "").split()) == " ".join(words.replace("\u200b", "").split())


def test_code_and_arrows() -> None:
    assert phrased("Add `owner: c.moreau`.") == "Add <code>owner: c.moreau</code>."
    assert phrased("one ` sign") == "one &#96; sign"
    assert code("projects/a_b/x.yaml") == "<code>projects/a&#95;b/x.yaml</code>"
    assert (
        sentence('"Desk opens" forecast 1 Feb -> 15 Feb (+14 days)')
        == '"Desk opens" forecast 1 Feb → 15 Feb (+14 days)'
    )
    assert sentence("budget up") == "Budget up"
    assert sentence("c.moreau approves it") == "c.moreau approves it"


def test_the_sections_in_the_order_in_which_they_matter() -> None:
    text = comment(
        remark("The day was moved. Nobody agreed.", enforce_at="merge", fix="Put it back."), remark("Later."), remark("Alarm.", enforce_at="watch"),
        remark("Old.", state="existing"), remark("Let go.", state="waived", waived_by="W-001"),
        changes=(change("schedule health green -> red"), change("text changed", 5)), fixed=2, gates={"visitor-desk": '"Close" on 15 Mar 2027'},
        agreements=(
            Agreement(project="visitor-desk", what="change request CR-001", who="c.moreau (sponsor)"),
            Agreement(project="visitor-desk", what="baseline BL-002", who="x", by="c.moreau", word="approve, 3 Dec", given=True),
            Agreement(project="visitor-desk", what="gate G-01", who="x", by="c.moreau", word="rework, 3 Dec"),
        ),
        touched=('"Tickets" needs D1',), expiring=(Expiry(project="visitor-desk", waiver="W-001", rule="RSK-01", on=date(2026, 12, 20)),),
    )  # fmt: skip
    lines = [line for line in text.splitlines() if line]
    assert (lines[0], lines[2]) == (MARKER, "### 1 thing to mend before merging")
    heads = [line for line in lines if line.startswith(("**", "<summary>"))]
    assert heads == [
        "**What changes**", "**Needs approval**", "**Mend before merging**", "**Not urgent**", "**Who else is touched**",
        "<summary>1 smaller change</summary>", "<summary>Needed for the next gate (1)</summary>",
        "<summary>Alarms that block nothing (1)</summary>", "<summary>There before this change (1)</summary>",
        "<summary>Permitted deviations (1)</summary>",
    ]  # fmt: skip
    assert "  - Schedule health green → red" in lines
    assert "- Change request CR-001: **waits** for c.moreau (sponsor)" in lines
    assert "- Baseline BL-002: **given** by c.moreau (approve, 3 Dec)" in lines
    assert "- Gate G-01: **refused** by c.moreau (rework, 3 Dec)" in lines
    assert lines[lines.index("**Mend before merging**") + 1].startswith(
        "1. **The day was moved.** Nobody agreed. Put it back.<br><sub><code>projects/"
    )
    assert '- New visitor desk: 1 thing needed for the gate "Close" on 15 Mar 2027' in lines
    assert any("ends in 16 days, on 20 Dec 2026" in line for line in lines)
    assert "2 remarks mended, 1 there before, 1 permitted deviation" in lines[-1]


@pytest.mark.parametrize(
    ("given", "more", "headline"),
    [
        ((), {}, "Nothing stands in the way"),
        ((remark(enforce_at="merge", state="waived"),), {}, "Nothing stands in the way"),
        ((remark(enforce_at="merge", state="existing"),), {}, "Nothing stands in the way"),
        ((remark(enforce_at="merge"),), {"stops": 2, "hidden": 2}, "3 things to mend before merging"),
        ((), {"agreements": (Agreement(project="a", what="b", who="c"),)}, "Nothing to mend; 1 decision still open"),
    ],
)  # fmt: skip
def test_the_headline_is_the_verdict(given, more, headline: str) -> None:
    assert comment(*given, **more).splitlines()[2] == f"### {headline}"


def test_what_says_the_same_stands_once_with_its_places() -> None:
    ones = [
        remark("The same.", enforce_at="merge", loc=Loc(f"projects/visitor-desk/{name}.yaml", ("a",))) for name in "ab"
    ]
    text = comment(*ones)
    assert text.count("The same.") == 1
    assert "a.yaml</code> line 7, <code>projects/visitor-desk/b.yaml</code> line 7" in text


def test_a_change_of_no_meaning_is_said_in_a_line() -> None:
    assert len(comment().splitlines()) == 7
    assert "No plan and no standard says anything else than before." in comment()


def test_it_stays_within_what_a_host_takes_and_says_so() -> None:
    ones = [
        remark(f"Number {i} {'ä' * 300}.", enforce_at=bites, fix="ö" * 300)
        for bites in ("merge", "gate", "watch")
        for i in range(300)
    ]
    text = comment(*ones, changes=tuple(change(f"change {i} {'x' * 200}") for i in range(500)))
    assert len(text.encode()) <= 60_000
    assert text.splitlines()[2] == "### 300 things to mend before merging"
    assert "The rest is in the log." in text.splitlines()[-1]
    assert text.count("<details>") == text.count("</details>")


def test_brevity() -> None:
    """Above the folds: a screen, however much there is."""
    ones = [remark(f"Number {i}.", enforce_at=bites) for bites in ("merge", "gate", "watch") for i in range(60)]
    text = comment(
        *ones, changes=tuple(change(f"change {i}") for i in range(90)), touched=tuple(f"person {i}" for i in range(30))
    )
    above = text.split("<details>")[0].splitlines()
    assert len(above) <= 55
    assert sum(line.startswith("  - Change ") for line in above) == 10


def test_what_it_carries_for_machines_is_read_by_the_page_of_reviews(tmp_path) -> None:
    from handrail.render.pulls import pull_requests

    agreed = Agreement(project="visitor-desk", what="The budget", who="the sponsor c.moreau")
    given = Agreement(project="visitor-desk", what="Its end", who="the board", by="c.moreau", word="yes", given=True)
    text = comment(
        remark("--> It is late. And more.", enforce_at="merge"),
        remark("--> It is late. Again.", enforce_at="merge"),
        changes=(change("x"),),
        agreements=(agreed, given),
    )
    (tmp_path / "pulls.json").write_text(json.dumps([{"number": 3, "brief": text.splitlines()[1]}]), encoding="utf-8")
    (found,) = pull_requests(tmp_path, "pulls.json", "") or ()
    assert found.gate is not None
    assert (found.gate.verdict, found.gate.stops) == ("2 things to mend before merging", True)
    assert (found.gate.mend, found.gate.waits) == (("--> It is late.",), ("the sponsor c.moreau",))
    assert found.gate.projects == ("visitor-desk",)


def test_the_line_for_machines_stays_short() -> None:
    many = [remark(f"{n} {'véry ' * 400}long. More", enforce_at="merge") for n in range(300)]
    line = comment(*many, changes=tuple(change("x", project=f"p-{n}") for n in range(900))).splitlines()[1]
    assert len(line) < 20_000
