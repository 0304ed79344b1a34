"""A finished page, and the compiled templates that make one."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

from handrail.render.rows import rows, safe
from handrail.render.words import coded, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What goes into the site's frame.

    path: where it stands, such as `projects/visitor-desk/`; empty for the first page. section: the path of the page
    whose tab it belongs to. search_text: the line under its title in the search;
    a page without one is not found there. source: the file to edit, if one.
    """

    path: str
    title: str
    body_html: str
    section: str
    search_text: str
    source: str | None = None


class _Generator(CodeGenerator):
    """Writes `environment.safe(...)` where Jinja writes `escape(...)`, the same text, found sooner; and plain calls."""

    def visit_Call(self, node: Any, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - Jinja's name
        """Nothing that our templates call asks for their context, so it is called as it is."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(*()")
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.safe(")


class _Shared(Environment):
    """An environment whose globals all templates share as they are: a chain of mappings makes every import slow."""

    code_generator_class = _Generator
    safe = staticmethod(safe)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template."""
        return {**self.globals, **d} if d else self.globals


@cache
def _environment() -> Environment:
    # Templates are compiled once per process. Everything is escaped; Markup is only made in this package, from
    # values that were made here or cleaned in `markup`.
    made = _Shared(
        loader=PackageLoader("handrail.render"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.globals["rows"] = rows
    made.filters["coded"] = coded
    made.filters["number"] = number
    return made


def render(template: str, **values: Any) -> Markup:
    """Fill one template. `values` are plain values; text among them is escaped."""
    return Markup(_environment().get_template(template).render(**values))  # noqa: S704 - written by an escaping template


def root_of(path: str) -> str:
    """The way from a page back to the first one: `../../` from `projects/visitor-desk/`."""
    return "../" * path.count("/") or "./"
