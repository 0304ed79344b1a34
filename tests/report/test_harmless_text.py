"""Text of a plan in a host's Markdown shows as it is and does nothing."""

from __future__ import annotations

import re
from html import unescape

import pytest
from handrail.report.harmless import harmless
from markdown_it import MarkdownIt


def shown(text: str) -> str:
    """What a reader sees of it: the HTML's text, without what cannot be seen."""
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(f"- **late**: {harmless(text)}")
    assert set(re.findall(r"<(\w+)", html)) <= {"ul", "li", "strong"}, html
    bare = re.sub(r"<[^>]+>", "", html)
    return unescape(bare).replace("\u200b", "").strip().removeprefix("late: ")


@pytest.mark.parametrize(
    "text",
    [
        "plain words, 5 % and 3.5", "a *bold* _word_ and `code`", "[a link](javascript:alert(1))", "![image](//x.example/p.png)",
        "<script>alert(1)</script>", "<!-- handrail: gate -->", "a | b", "# heading", "1. list", "- list", "~~gone~~", "a & b",
    ],
)  # fmt: skip
def test_it_is_shown_as_it_was_written(text) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("tell @c.moreau", r"@[\w.]"), ("closes #12", r"#\d"), ("fixes owner/repo#7", r"#\d"), ("GH-12", r"GH-\d"),
        ("merge !5 and %3 and ~bug", r"[!%~]\w"), ("see https://x.example/a.png", r"://\w|:/"), ("www.x.example", r"www\.\w"),
    ],
)  # fmt: skip
def test_nothing_is_referred_to(text, reference) -> None:
    assert re.search(reference, text)
    assert not re.search(reference, unescape(harmless(text)).replace("\u200b", "|"))


def test_no_quick_action_and_no_second_line() -> None:
    assert not harmless("/close").startswith("/")
    assert "\n" not in harmless("a\n/close\r\n<!-- x -->")
    assert harmless("a\u202eb\x1b[31m") == "a?b?&#91;31m"
