"""Prose of projects: Markdown yes, anything that does something no."""

from html.parser import HTMLParser

import pytest
from handrail.render.markup import narrative


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.links = set(), set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href"]


def test_markdown_becomes_html():
    html = narrative("# Top\n\nA *soft* **strong** `code`.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    for part in (
        "<h4>Top</h4>",
        "<em>soft</em>",
        "<strong>strong</strong>",
        "<code>code</code>",
        "<li>one</li>",
        "<td>1</td>",
    ):
        assert part in html


@pytest.mark.parametrize(
    "bad",
    ["<script>x</script>", "<img src=x onerror=x>", "![x](https://evil.example/x.png)", "[x](javascript:x)", "[x](data:text/html,x)",
     "<a href='https://x' style='position:fixed' id=y class=z>x</a>", "<iframe src=//x></iframe>", "[x](//evil.example/a)",
     "<div data-x=1>x</div>", "[x]: javascript:x\n\n[x]", "<svg/onload=x>", "&lt;script&gt;", "<!-- x --><style>*{}</style>"],
)  # fmt: skip
def test_nothing_that_does_something_is_left(bad):
    html = narrative(f"before\n\n{bad}\n\nafter")
    found = Tags()
    found.feed(html)
    assert found.tags <= {"p", "a", "li", "ul"}
    assert found.attributes <= {("a", "href"), ("a", "rel"), ("a", "title")}
    assert all(one.startswith("https://") for one in found.links)
    assert "before" in html
    assert "after" in html


def test_links_elsewhere_are_plain_and_careful():
    assert narrative("[x](https://example.org)") == (
        '<p><a href="https://example.org" rel="noopener noreferrer nofollow">x</a></p>'
    )


def test_nothing_gives_nothing():
    assert narrative(" \n ") == ""


def test_what_one_text_defines_does_not_count_in_the_next():
    assert "https://example.org/one" in narrative("[x]: https://example.org/one\n\nSee [x].")
    assert narrative("See [x].") == "<p>See [x].</p>"
