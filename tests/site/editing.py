"""What tests of the form editor share: signing in before a pretended host, and finding fields that are made when they come near."""

from __future__ import annotations

import difflib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


def tracked(root):
    """The files that Git knows in a folder, with their bytes."""
    names = subprocess.run(["git", "-C", str(root), "ls-files"], check=True, capture_output=True, text=True).stdout
    return {name: (root / name).read_bytes() for name in names.splitlines()}


@contextmanager
def signed_in(browser, address, host) -> Iterator[Any]:
    """A page of the editor, signed in; `page.host` is the pretended host, `page.strays` whatever went elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.host, page.strays = host, []

    def look(route):
        url = route.request.url
        if url.startswith(address):
            route.continue_()
        elif host.answers(url):
            host(route)
        else:
            page.strays.append(url)
            route.abort()

    context.route("**/*", look)
    page.goto(address + "edit/editor/")
    page.get_by_role("button", name="Sign In").first.click()
    page.locator("input").first.fill("a-token")
    page.keyboard.press("Enter")
    page.get_by_text("visitor-desk", exact=True).first.wait_for()
    yield page
    context.close()


def field(page, path):
    """A field of the form; the editor makes fields when they come near."""
    for _ in range(60):
        one = page.locator(f'[data-key-path="{path}"]')
        if one.count():
            one.first.scroll_into_view_if_needed()
            return one.first
        page.mouse.move(600, 500)
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(80)
    pytest.fail(f"the form has no field {path}")


def changed(before, after):
    return [one for one in difflib.ndiff(before.splitlines(), after.splitlines()) if one[:1] in "+-"]
