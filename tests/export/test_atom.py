"""Feeds from a real history: what happened in sentences, ids that stay, nothing of hidden projects, nothing that runs."""

import os
import sqlite3
import subprocess
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from handrail.compute.audience import concealing, seen
from handrail.export.atom import feeds
from handrail.history.news import news_of
from handrail.run import run

from tests.site import governed

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def git(root, *words, at="2026-11-01T10:00:00Z"):
    env = {**os.environ, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@x.example"]
    subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True, env=env)


@pytest.fixture
def root(tmp_path):
    root = governed.make(tmp_path / "one")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "begin")
    governed.write(
        root,
        "projects/visitor-desk/project.yaml",
        governed.small_plan("visitor-desk", "New desk <b>", manager="s.lambert"),
    )
    governed.write(
        root,
        "projects/northwind/project.yaml",
        governed.small_plan("northwind", governed.SECRET, sensitivity="restricted", manager="c.moreau"),
    )
    git(root, "commit", "-q", "-am", "two changes", at="2026-11-02T10:00:00Z")
    governed.write(root, "projects/visitor-desk/more.yaml", "# a comment is no news\n")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "nothing", at="2026-11-03T10:00:00Z")
    return root


def test_a_commit_is_told_in_sentences_and_keeps_its_id(root):
    items = news_of(root, {"visitor-desk"})
    assert [one.project for one in items] == ["visitor-desk"]
    assert any("s.lambert" in one for one in items[0].sentences)
    found = dict(feeds(items, ["visitor-desk", "empty"], "Testwerk"))
    assert set(found) == {"changes.xml", "projects/visitor-desk.xml"}
    whole, own = (ET.fromstring(found[name]) for name in ("changes.xml", "projects/visitor-desk.xml"))
    assert whole.findtext("a:entry/a:updated", "", ATOM) == "2026-11-02T10:00:00Z"
    assert [one.get("href") for one in whole.findall("a:entry/a:link", ATOM)] == ["../projects/visitor-desk/"]
    assert own.findtext("a:entry/a:id", "", ATOM) == whole.findtext("a:entry/a:id", "none", ATOM)
    assert [one.get("href") for one in own.findall("a:entry/a:link", ATOM)] == ["../../projects/visitor-desk/"]
    assert dict(feeds(news_of(root, {"visitor-desk"}), ["visitor-desk", "empty"], "Testwerk")) == found


def test_a_hidden_project_is_in_no_feed(root):
    found = "".join(text for _, text in feeds(news_of(root, {"visitor-desk"}), ["visitor-desk"], "Testwerk"))
    assert governed.SECRET not in found
    assert "northwind" not in found
    assert "<b>" not in found


def test_without_a_history_the_feed_is_empty_and_well_formed(tmp_path):
    assert news_of(tmp_path, {"x"}) == ()
    (text,) = [text for _, text in feeds((), ["x"], "Test & Co")]
    assert ET.fromstring(text).findtext("a:title", "", ATOM) == "Test & Co: what changed in plans"


def test_old_news_of_plans_is_told_after_many_commits_about_other_things(root):
    for number in range(3):
        governed.write(root, "README.md", f"{number}\n")
        git(root, "add", ".")
        git(root, "commit", "-q", "-m", "other", at=f"2026-11-0{number + 4}T10:00:00Z")
    assert [one.project for one in news_of(root, {"visitor-desk"}, most=2)] == ["visitor-desk"]


def test_a_sentence_about_another_project_does_not_name_a_hidden_one(root):
    governed.write(
        root,
        "projects/bike-shelter/more.yaml",
        f"issues: [{{id: I-001, title: 'We wait for {governed.SECRET} (northwind)'}}]\n",
    )
    git(root, "commit", "-q", "-am", "an issue", at="2026-11-04T10:00:00Z")
    result = run(root, today=date(2026, 12, 4))
    shown = seen(result.portfolio, result.remarks, result.portfolio.repository.organisation.audience)
    items = news_of(root, shown.names)
    assert governed.SECRET in str(items)
    found = "".join(text for _, text in feeds(items, shown.names, "T", conceal=concealing(result.portfolio, shown)))
    assert "We wait for" in found
    assert governed.SECRET not in found
    assert "northwind" not in found


def test_what_is_remembered_of_commits_says_the_same_and_hides_the_same(root):
    shown = {"visitor-desk", "northwind"}
    first = news_of(root, shown)
    assert {one.project for one in first} == shown
    assert news_of(root, shown) == first
    assert {one.project for one in news_of(root, {"visitor-desk"})} == {"visitor-desk"}
    base = sqlite3.connect(root / ".git" / "handrail" / "history.sqlite")
    with base:
        spoilt = base.execute("UPDATE points SET value = ?", (b"[]",)).rowcount
    base.close()
    assert spoilt
    assert news_of(root, shown) == first


def test_where_the_site_is_published_links_are_whole_and_the_feed_names_itself(root):
    address = "https://pmo.example/plans/"
    found = dict(feeds(news_of(root, {"visitor-desk"}), ["visitor-desk"], "Testwerk", address))
    for name, text in found.items():
        feed = ET.fromstring(text)
        own = feed.find("a:link[@rel='self']", ATOM)
        assert own is not None
        assert own.get("href") == f"{address}data/{name}"
        links = [one.get("href") for one in feed.iter("{http://www.w3.org/2005/Atom}link")]
        assert all((one or "").startswith(address) for one in links)
        assert feed.findtext("a:id", "", ATOM).startswith("urn:uuid:")
    assert f'href="{address}projects/visitor-desk/"' in found["changes.xml"]
