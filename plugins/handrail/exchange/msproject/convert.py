"""Files of Microsoft Project (.mpp) and Primavera (.xer, PMXML) through MPXJ, which is an extra and needs Java."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from handrail.exchange.msproject.tree import MAX_BYTES, NAMESPACE, NotReadable

_OLE, _XER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"ERMHDR"
_SECONDS = 300
_HINT = "Or open it in Microsoft Project and choose File, Save As, XML Format."
_MAIN = "org.mpxj.sample.MpxjConvert"


def foreign(data: bytes) -> str | None:
    """What a file is that MPXJ must read first, in words and as a suffix; None for XML of Microsoft Project and the unknown."""
    if data.startswith(_OLE):
        return ".mpp"
    if data.startswith(_XER):
        return ".xer"
    head = data[:4000]
    return ".xml" if b"APIBusinessObjects" in head and NAMESPACE.encode() not in head else None


def converted(data: bytes, suffix: str) -> bytes:
    """The file as XML of Microsoft Project. Raises NotReadable when MPXJ or Java is missing or cannot read it."""
    java = shutil.which("java")
    jars = _jars()
    if jars is None:
        raise NotReadable(
            f"A file of this kind ({suffix}) is read by MPXJ, which is not installed.",
            f"Install it with `pip install 'handrail[mpxj]'`, and Java. {_HINT}",
        )
    if java is None:
        raise NotReadable(
            f"A file of this kind ({suffix}) is read by MPXJ, which needs Java, and there is no `java` on this machine.",
            f"Install a Java runtime, such as Debian's default-jre-headless. {_HINT}",
        )
    with tempfile.TemporaryDirectory(prefix="handrail-") as name:
        folder = Path(name)
        source, goal = folder / f"plan{suffix}", folder / "converted.xml"
        source.write_bytes(data)
        words = [java, "-Xmx1g", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "-cp", f"{jars}{os.sep}*", _MAIN,
                 str(source), str(goal)]  # fmt: skip
        try:
            done = subprocess.run(words, capture_output=True, timeout=_SECONDS, check=False, cwd=folder)
        except subprocess.TimeoutExpired:
            raise NotReadable(f"MPXJ did not come to an end within {_SECONDS} seconds.", _HINT) from None
        except OSError as error:
            raise NotReadable(f"Java cannot be started: {error.strerror}.", _HINT) from None
        if not goal.is_file() or goal.stat().st_size > MAX_BYTES:
            raise NotReadable(f"MPXJ cannot read this file{_why(done.stdout + done.stderr)}.", _HINT)
        return goal.read_bytes()


def _jars() -> Path | None:
    try:
        spec = importlib.util.find_spec("mpxj")
    except (ImportError, ValueError):
        return None
    places = [Path(place) / "lib" for place in spec.submodule_search_locations or ()] if spec is not None else []
    return next((place for place in places if (place / "mpxj.jar").is_file()), None)


def _why(output: bytes) -> str:
    """Its own words, without the names of classes and places."""
    for line in output.decode("utf-8", "replace").splitlines():
        if "Exception: " in line:
            return f" ({line.rpartition('Exception: ')[2].strip()[:120]})"
    return ""
