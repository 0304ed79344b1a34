"""XML to a tree of plain nodes with line numbers: no document types, no entities, bounded in size and depth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

NAMESPACE = "http://schemas.microsoft.com/project"
MAX_BYTES = 200_000_000
MAX_NODES = 3_000_000
MAX_DEPTH = 24
MAX_TEXT = 1_000_000


class NotReadable(Exception):  # noqa: N818 - it says what is the matter
    """The file cannot be taken for a plan at all: what is the matter, how to mend it, and the line, 0 for none."""

    def __init__(self, message: str, fix: str, line: int = 0) -> None:
        super().__init__(message)
        self.message, self.fix, self.line = message, fix, line


@dataclass(slots=True, kw_only=True)
class Node:
    """One element: its name without namespace, where it stands, its text and what is in it."""

    tag: str
    line: int
    text: str = ""
    children: Sequence[Node] = ()

    def find(self, tag: str) -> Node | None:
        """The first element of this name in it."""
        return next((one for one in self.children if one.tag == tag), None)

    def all(self, tag: str) -> Iterator[Node]:
        """Every element of this name in it."""
        return (one for one in self.children if one.tag == tag)

    def get(self, tag: str) -> str:
        """The text of the first element of this name, empty when it is not there."""
        found = self.find(tag)
        return found.text if found else ""

    def flag(self, tag: str, *, otherwise: bool = False) -> bool:
        """A yes or no, however it is written."""
        text = self.get(tag).lower()
        return text in {"1", "true", "-1"} if text else otherwise

    def inside(self, group: str, tag: str) -> Iterator[Node]:
        """The elements of a group, such as every Task of Tasks."""
        return (one for outer in self.all(group) for one in outer.all(tag))


def parse(data: bytes) -> Node:
    """Read a file of Microsoft Project XML. Raises NotReadable for everything else."""
    root = parse_any(data)
    if root.tag != f"{{{NAMESPACE}}}Project":
        shown = root.tag.rpartition("}")[2][:40]
        raise NotReadable(
            f"This is XML, but no plan of Microsoft Project: it begins with `{shown}` of another format.",
            "In Microsoft Project choose File, Save As, and the type XML Format.", root.line,
        )  # fmt: skip
    root.tag = "Project"
    return root


def parse_any(data: bytes) -> Node:
    """Read any XML safely; the root's name keeps its namespace, as `{namespace}name`."""
    if len(data) > MAX_BYTES:
        raise NotReadable(
            f"The file has {len(data):,} bytes; more than {MAX_BYTES:,} are not read.", "Save a smaller plan."
        )
    handler = _Handler()
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, 1)
    parser.setContentHandler(handler)
    try:
        parser.parse(BytesIO(data))
    except DefusedXmlException:
        message = (
            "The file declares a document type or entities, which no plan needs and which can do harm. It was not read."
        )
        raise NotReadable(message, "Save it again from Microsoft Project.", handler.line) from None
    except SAXParseException as error:
        words = str(error.getMessage()).partition(":")[0]
        message = f"This cannot be read as XML from here on ({words})."
        raise NotReadable(
            message, "Save it again as XML; do not edit it by hand.", error.getLineNumber() or 0
        ) from None
    except (SAXException, UnicodeError, ValueError, LookupError):
        raise NotReadable("This cannot be read as XML.", "Save it again as XML.") from None
    if handler.root is None:
        raise NotReadable("There is nothing in this file.", "Give a plan that was saved as XML.")
    return handler.root


class _Handler(ContentHandler):
    """Builds the tree. It is never deeper than MAX_DEPTH, so nothing that walks through it can go too deep."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Node | None = None
        self.open: list[Node] = []
        self.parts: list[str] = []
        self.length = 0
        self.count = 0
        self.locator: Any = None

    @property
    def line(self) -> int:
        """Where the reader is."""
        return int(self.locator.getLineNumber() or 0) if self.locator else 0

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802 - the name that SAX calls
        self.locator = locator

    def startElementNS(self, name: Any, qname: str | None, attrs: Any) -> None:  # noqa: ARG002, N802 - as SAX calls it
        space, tag = name
        self.count += 1
        if self.count > MAX_NODES or len(self.open) >= MAX_DEPTH:
            what = "nested too deeply" if len(self.open) >= MAX_DEPTH else "made of too many parts"
            raise NotReadable(f"The file is {what} to be a plan.", "Save it again from Microsoft Project.", self.line)
        node = Node(tag=tag, line=self.line)
        if self.open:
            self._add(self.open[-1], node)
        else:
            node.tag = f"{{{space or ''}}}{tag}"
            self.root = node
        self.open.append(node)
        self.parts, self.length = [], 0

    @staticmethod
    def _add(outer: Node, node: Node) -> None:
        """Most elements hold nothing but text, so only the others pay for a list."""
        if isinstance(outer.children, list):
            outer.children.append(node)
        else:
            outer.children = [node]

    def endElementNS(self, name: Any, qname: str | None) -> None:  # noqa: ARG002, N802 - as SAX calls it
        node = self.open.pop()
        if not node.children:
            node.text = "".join(self.parts).strip()
        self.parts, self.length = [], 0

    def characters(self, content: str) -> None:
        self.length += len(content)
        if self.length > MAX_TEXT:
            raise NotReadable(
                "A text in this file is too long to be one of a plan.", "Shorten it and save again.", self.line
            )
        self.parts.append(content)
