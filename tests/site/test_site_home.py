"""A build never takes away what no build has put there, and says in plain words what stands in its way."""

import os
import resource
import shutil
import signal
import subprocess

import pytest
from handrail.site import SiteError, build

from tests.command import HANDRAIL, digest, git
from tests.site.test_same_bytes import contents


@pytest.fixture
def own(repository, tmp_path):
    """A repository of this test alone."""
    folder = tmp_path / "own"
    shutil.copytree(repository, folder, ignore=shutil.ignore_patterns(".git", ".cache"))
    git("init", "-q", cwd=folder)
    git("add", "-A", cwd=folder)
    git("commit", "-q", "-m", "All of it", cwd=folder)
    return folder


@pytest.mark.parametrize("cold", [False, True])
@pytest.mark.parametrize(
    "place", [".", "..", ".git", "standards", "projects", "projects/visitor-desk", "projects/site"]
)
def test_nothing_of_the_repository_is_built_over(own, place, cold):
    before, objects = digest(own), git("rev-parse", "HEAD", cwd=own)
    with pytest.raises(SiteError) as why:
        build(own, own / place, cold=cold)
    assert str(why.value)
    assert (digest(own), git("rev-parse", "HEAD", cwd=own)) == (before, objects)


@pytest.mark.parametrize("cold", [False, True])
def test_a_folder_with_something_else_is_refused_and_an_empty_one_is_not(own, tmp_path, cold):
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(SiteError, match=r"such as thesis\.txt, and a build would delete them"):
        build(own, home, cold=cold)
    assert [one.name for one in home.iterdir()] == ["thesis.txt"]
    with pytest.raises(SiteError, match="is a file"):
        build(own, home / "thesis.txt", cold=cold)
    (home / "thesis.txt").rename(home / ".nojekyll")
    first = contents(build(own, home, cold=cold).site_dir)
    (home / "stray.html").write_text("of nobody", encoding="utf-8")
    assert contents(build(own, home, cold=not cold).site_dir) == first
    assert ".nojekyll" in first


@pytest.mark.parametrize("cold", [False, True])
def test_what_a_broken_build_has_left_is_built_over(own, site, tmp_path, cold):
    home = tmp_path / "site"

    def end() -> None:
        """Files end after some bytes, as on a full disk."""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    words = [HANDRAIL, "build", "--site-dir", home, *(["--cold"] if cold else [])]
    done = subprocess.run(words, cwd=own, preexec_fn=end, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "too large. Make room on the disk. Then run it again." in done.stderr
    assert any(home.iterdir())
    build(own, home, cold=cold)
    again = build(own, tmp_path / "fresh", cold=True).site_dir
    assert contents(home) == contents(again)


def test_where_nothing_can_be_kept_the_site_is_built_without(own, tmp_path):
    (own / ".git" / "handrail").write_text("a file where a folder should be", encoding="utf-8")
    told: list[str] = []
    site = build(own, tmp_path / "site", say=told.append).site_dir
    assert "nothing can be kept in" in told[0]
    assert contents(site) == contents(build(own, tmp_path / "cold", cold=True).site_dir)


@pytest.mark.parametrize("cold", [False, True])
def test_a_link_in_the_handbook_is_never_published(own, tmp_path, cold):
    secret = tmp_path / "secret.md"
    secret.write_text("# Of nobody's business\n", encoding="utf-8")
    for target in (secret, tmp_path / "not-there.md"):
        link = own / "standards" / "link.md"
        link.symlink_to(target)
        with pytest.raises(SiteError, match=r"standards/link\.md is a link to another place\. Put a plain file here"):
            build(own, tmp_path / "site", cold=cold)
        assert not list((tmp_path / "site").rglob("*.html"))
        link.unlink()
    with open(os.fsencode(own / "standards") + b"/caf\xe9.md", "w") as file:  # noqa: PTH123 - a name of bytes
        file.write("# A name in another encoding\n")
    with pytest.raises(SiteError, match="characters that cannot be shown"):
        build(own, tmp_path / "site", cold=cold)


def test_settings_in_another_encoding_are_told(own, tmp_path):
    config = own / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    for encoding in ("utf-8-sig", "utf-16"):
        config.write_text(text, encoding=encoding)
        with pytest.raises(SiteError, match="save it with the encoding UTF-8, without a mark"):
            build(own, tmp_path / "site")
