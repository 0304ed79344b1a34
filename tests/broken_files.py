"""Broken input that no commented file can show: encodings, sizes, hidden characters, names, links and folders."""

from dataclasses import dataclass

from tests.broken_repository import Expected

HIDDEN = "An invisible character stands here (U+{:04X})"
NESTED = "This is nested more than 32 levels deep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritable:
    """One file of one project. places: line and column of each remark."""

    name: str
    data: bytes
    part: str
    places: tuple[tuple[int, int], ...] = ((1, 1),)
    file: bytes = b"part.yaml"
    shown: str = ""

    @property
    def path(self) -> bytes:
        return b"projects/" + self.name.encode() + b"/" + self.file

    def expected(self) -> list[Expected]:
        file = self.shown or self.path.decode()
        return [Expected(file, line, column, "DAT-01", self.part) for line, column in self.places]


def hidden(name: str, char: str) -> Unwritable:
    data = f"unit: é{char}x\n".encode()
    return Unwritable(name=name, data=data, part=HIDDEN.format(ord(char)), places=((1, 8),))


FILES = (
    Unwritable(name="not-utf-8", data="unit: Sites\ntags: [Bäder]\n".encode("latin-1"), part="not saved as UTF-8", places=((2, 9),)),
    Unwritable(name="not-utf-8-after-letters", data="unit: 日本".encode() + b"\xff", part="not saved as UTF-8", places=((1, 9),)),
    Unwritable(name="overlong-utf-8", data=b"unit: \xc0\xaf\n", part="not saved as UTF-8", places=((1, 7),)),
    Unwritable(name="surrogate-in-utf-8", data=b"unit: \xed\xa0\x80\n", part="not saved as UTF-8", places=((1, 7),)),
    Unwritable(name="utf-16", data="unit: Sites\n".encode("utf-16"), part="it holds zero bytes"),
    Unwritable(name="utf-16-without-mark", data="unit: Sites\n".encode("utf-16-le"), part="it holds zero bytes"),
    Unwritable(name="zero-byte", data=b"unit: Sites\nx: \0\n", part="it holds zero bytes"),
    Unwritable(name="picture", data=b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", part="it holds zero bytes"),
    Unwritable(name="empty", data=b"", part="This file is empty"),
    Unwritable(name="only-spaces", data=b"  \n\n", part="This file is empty"),
    Unwritable(name="only-a-mark", data=b"\xef\xbb\xbf", part="This file is empty"),
    Unwritable(name="empty-page", data=b"", part="no data block", file=b"reports/2026-11-30.md"),
    Unwritable(name="page-with-open-data", data=b"---\nas_of: 2026-11-30\n\nDone: all.\n", part="opened and never closed",
               file=b"reports/2026-11-30.md"),
    Unwritable(name="page-with-empty-data", data=b"---\n---\nDone: all.\n", part="data block at the top of this page is empty",
               file=b"reports/2026-11-30.md"),
    Unwritable(name="mark-and-fault", data="\ufeffphaze: 3\n".encode(), part="`phaze` is not a field"),
    Unwritable(name="mark-inside", data="unit: Sites\ntags: [\ufeffone]\n".encode(), part=HIDDEN.format(0xFEFF), places=((2, 8),)),
    Unwritable(name="crlf", data=b"unit: Sites\r\nrisks:\r\n- id: R-001\r\n  title: One\r\n  due: 2026-13-01\r\n",
               part="Due of", places=((5, 3),)),
    Unwritable(name="crlf-page", data=b"---\r\nas_of: 2026-11-30\r\nstatus: blue\r\n---\r\nText\r\n", part="Status must be one of",
               places=((3, 1),), file=b"reports/2026-11-30.md"),
    Unwritable(name="lone-returns", data=b"unit: Sites\rtags: [one]\r", part=HIDDEN.format(13), places=((1, 12), (1, 24))),
    hidden("escape-character", "\x1b"),
    hidden("delete-character", "\x7f"),
    hidden("next-line", "\x85"),
    hidden("line-separator", "\u2028"),
    hidden("right-to-left-override", "\u202e"),
    hidden("isolate", "\u2066"),
    hidden("zero-width-space", "\u200b"),
    hidden("tag-character", "\U000e0041"),
    hidden("no-character", "\uffff"),
    Unwritable(name="hidden-in-prose", data="---\nas_of: 2026-11-30\nstatus: green\n---\nDone \u202eeno\n".encode(),
               part=HIDDEN.format(0x202E), places=((5, 6),), file=b"reports/2026-11-30.md"),
    Unwritable(name="hidden-in-the-narrative", data=b"A story \x07\n", part=HIDDEN.format(7), places=((1, 9),), file=b"index.md"),
    Unwritable(name="brackets-33", data=b"wbs: " + b"[" * 33 + b"]" * 33 + b"\n", part=NESTED, places=((1, 37),)),
    Unwritable(name="brackets-100000", data=b"[" * 100_000, part=NESTED, places=((1, 33),)),
    Unwritable(name="braces-100000", data=b"{a: " * 100_000, part=NESTED, places=((1, 129),)),
    Unwritable(name="steps-100", data="".join(f"{'  ' * i}a:\n" for i in range(100)).encode(), part=NESTED, places=((33, 65),)),
    Unwritable(name="hyphens-10000", data=b"- " * 10_000, part=NESTED, places=((1, 65),)),
    Unwritable(name="too-large", data=b"unit: " + b"x" * 2_000_000, part="too large to read: 2.0 MB"),
    Unwritable(name="too-many-values", data=b"tags: [" + b"1," * 260_000 + b"]\n", part="more than 250,000 values", places=((1, 500_004),)),
    Unwritable(name="ten-thousand-digits", data=b"priority: " + b"9" * 10_000 + b"\n", part="Priority must be a whole number"),
    Unwritable(name="long-key", data=b"x" * 1_000 + b": 1\n", part="..` is not a field"),
    Unwritable(name="key-with-marks", data=b"'`rm` <b> %0A': 1\n", part="`'rm' <b> %0A` is not a field"),
    Unwritable(name="name-of-the-file", data=b"unit: x\n", part="a name with characters that cannot be shown",
               file=b"od\xffd.yaml", shown="projects/name-of-the-file/od\\udcffd.yaml"),
    Unwritable(name="escape-in-the-name", data=b"unit: x\n", part="a name with characters that cannot be shown",
               file=b"od\x1b[31md.yaml", shown="projects/escape-in-the-name/od\\x1b[31md.yaml"),
)  # fmt: skip

OVERLAYS = {
    "issue.schema.json": (b'{\n  "type": }', 2, 11, "This cannot be read as JSON from here on (Expecting value)"),
    "action.schema.json": (
        b'{\n  "properties": {"floor": {"type": "objekt"}}\n}',
        2,
        28,
        "This is not a JSON Schema: ",
    ),
    "benefit.schema.json": (b'{"$ref": "https://example.org/x"}', 1, 2, "This JSON Schema cannot be used: "),
    "supplier.schema.json": (b'{"pattern": "("}', 1, 2, "This is not a JSON Schema: "),
    "task.schema.json": (b"[" * 100_000, 1, 1, "This cannot be read as JSON: "),
    "resource.schema.json": (b"\xff\xfe", 1, 1, "This cannot be read as JSON"),
    "riks.schema.json": (b"{}", 1, 1, "No kind of item with fields of your own is called `riks`"),
    "report.schema.json": (b"{}", 1, 1, "No kind of item with fields of your own is called `report`"),
    "raci-row.schema.json": (b"{}", 1, 1, "No kind of item with fields of your own is called `raci row`"),
}
"""Schemas of own fields: JSON knows no comments."""
DIRECTORIES = {
    "projects/single-quote-open/folder.yaml": "a folder with the name of a file",
    "projects/single-quote-open/reports/2026-11-30.md": "a folder with the name of a file",
}
LINKS = {
    "projects/tab/link.yaml": ("project.yaml", "a link to another place"),
    "projects/tab/out.yaml": ("/etc/hostname", "a link to another place"),
    "projects/tab/reports": ("/etc", "a link to another place"),
    "projects/gone": ("nowhere", "a link to another place"),
}
