"""One site per run and one browser, shared by all tests here."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
import time
import warnings
from pathlib import Path

import pytest
from handrail.site import build
from playwright.sync_api import sync_playwright

from tests.site import governed, hostile

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, *_):
        """Nobody reads it."""


def serve(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def repository(tmp_path_factory):
    """The folder of the governed repository; nobody writes there."""
    return governed.make(tmp_path_factory.mktemp("governed"))


@pytest.fixture(scope="session")
def site(repository, tmp_path_factory):
    """The folder of its built site."""
    return build(repository, tmp_path_factory.mktemp("site")).site_dir


@pytest.fixture(scope="session")
def address(site):
    """Where the site is served."""
    server = serve(site)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def wild(tmp_path_factory):
    """A repository with a project that has something bad in every text, and the address of its site."""
    root = governed.make(tmp_path_factory.mktemp("wild"))
    hostile.write(root)
    governed.write(root, "standards/training/first-week.md", "# The first week\n\nRead one plan.\n")
    server = serve(build(root, tmp_path_factory.mktemp("wild-site")).site_dir)
    yield root, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def vendored():
    """The folder of the form editor, which scripts/vendor-editor fetches."""
    folder = governed.ROOT / "build" / "editor"
    if not (folder / "editor.js").is_file():
        missing = "the form editor is not fetched, so NOTHING of it is tested here; run scripts/vendor-editor"
        warnings.warn(missing, stacklevel=1)
        pytest.skip(missing)
    return folder


@pytest.fixture
def settled():
    """Waits until files that were just written count as let alone."""
    return lambda: time.sleep(0.12)


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium") or os.environ.get("CHROMIUM")
    if chromium is None or not Path(chromium).exists():
        pytest.fail("chromium is missing; scripts/test installs it")
    with sync_playwright() as play:
        one = play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield one
        one.close()


@pytest.fixture
def open_page(browser, address):
    """Opens a page of the site; whatever would leave this machine is stopped and kept in `page.strays`."""
    contexts = []

    def opened(path="", *, scheme="light", width=1280, height=800, script=True):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        strays = []

        def look(route):
            if route.request.url.startswith(address):
                route.continue_()
            else:
                strays.append(route.request.url)
                route.abort()

        context.route("**/*", look)
        page.strays = strays
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(address + path)
        return page

    yield opened
    for one in contexts:
        one.close()
