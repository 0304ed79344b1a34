"""What three formats ask of a document, in our own words, from their public descriptions.

SARIF: OASIS SARIF 2.1.0, sections 3.13 (log), 3.14 (run), 3.19 (driver), 3.27 (result), 3.29 and 3.30 (places), 3.35
(suppression), 3.49 (rule); only the properties that we write, and no others. GitLab: "Implement a custom tool" of its code
quality pages. rdjson: reviewdog's diagnostic format.
"""

from typing import Any


def _object(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


def _list(items: Any, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


TEXT = {"type": "string", "minLength": 1}
COUNT = {"type": "integer", "minimum": 1}
INDEX = {"type": "integer", "minimum": 0}
MESSAGE = _object(("text",), text=TEXT)
# a relative reference of RFC 3986: no spaces, no backslash, no quotes; a percent sign only before two hexadecimal digits
URI = {"type": "string", "pattern": r"^(?:[A-Za-z0-9\-._~!$&'()*+,;=@/:?#\[\]]|%[0-9A-F]{2})+$"}

_REGION = _object(("startLine",), startLine=COUNT, startColumn=COUNT, endLine=COUNT, endColumn=COUNT)
_PHYSICAL = _object(
    ("artifactLocation",),
    artifactLocation=_object(("uri",), uri=URI, uriBaseId=TEXT),
    region=_REGION,
)
_LOCATION = _object(("physicalLocation",), id=INDEX, physicalLocation=_PHYSICAL, message=MESSAGE)
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_RULE = _object(
    ("id",), id=TEXT, shortDescription=MESSAGE, fullDescription=MESSAGE, help=MESSAGE,
    defaultConfiguration=_object((), level=_LEVEL),
)  # fmt: skip
_RESULT = _object(
    ("message",),
    ruleId=TEXT, ruleIndex=INDEX, level=_LEVEL, rank={"type": "number", "minimum": 0, "maximum": 100}, message=MESSAGE,
    locations=_list(_LOCATION, minItems=1), relatedLocations=_list(_LOCATION, minItems=1, uniqueItems=True),
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
    baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
    suppressions=_list(
        _object(("kind",), kind={"enum": ["inSource", "external"]}, status={"enum": ["accepted", "underReview", "rejected"]},
                justification=TEXT),
        minItems=1,
    ),
    properties={"type": "object"},
)  # fmt: skip
_DRIVER = _object(
    ("name",), name=TEXT, semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"}, rules=_list(_RULE)
)  # fmt: skip
_RUN = _object(
    ("tool", "results"),
    tool=_object(("driver",), driver=_DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    originalUriBaseIds={"type": "object", "additionalProperties": _object((), uri=URI, description=MESSAGE)},
    results=_list(_RESULT),
)
SARIF: dict[str, Any] = {
    **_object(("version", "runs"), version={"const": "2.1.0"}, runs=_list(_RUN)),
    "properties": {"$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"}, "runs": _list(_RUN, minItems=1)},
}  # fmt: skip

GITLAB: dict[str, Any] = _list(
    _object(
        ("description", "check_name", "fingerprint", "severity", "location"),
        description=TEXT, check_name=TEXT, fingerprint=TEXT, severity={"enum": ["info", "minor", "major", "critical", "blocker"]},
        location=_object(
            ("path", "lines"), path={"type": "string", "pattern": "^(?!\\./|/)"}, lines=_object(("begin",), begin=COUNT, end=COUNT)
        ),
    )
)  # fmt: skip

_SPOT = _object(("line",), line=COUNT, column=COUNT)
_PLACE = _object(("path",), path=TEXT, range=_object(("start",), start=_SPOT, end=_SPOT))
RDJSON: dict[str, Any] = _object(
    ("diagnostics",),
    source=_object(("name",), name=TEXT, url=TEXT),
    severity={"enum": ["ERROR", "WARNING", "INFO"]},
    diagnostics=_list(
        _object(
            ("message", "location"), message=TEXT, location=_PLACE, severity={"enum": ["ERROR", "WARNING", "INFO"]},
            code=_object(("value",), value=TEXT, url=TEXT),
            relatedLocations=_list(_object(("location",), message=TEXT, location=_PLACE)),
        )
    ),
)  # fmt: skip
