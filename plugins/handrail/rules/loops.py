"""How chains of conditions and the macros go through their parts: an undecided part counts only where it matters.

`false && undecided` is false and `true || undecided` is true, in either order, as in CEL; `exists` and `all` are such
chains over the items of a list.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from handrail.rules.evaluation import BudgetSpentError, Run, UndecidedError
from handrail.rules.place import Code, Frame

RUN = ""
"""The key of a frame under which the run stands; no name of the language is empty."""


def chain(parts: Sequence[Callable[[Frame], object]], *, decisive: bool) -> Code:
    """Return the closure of a chain that ends at the first part which is `decisive`."""

    def chained(frame: Frame) -> bool:
        undecided: UndecidedError | None = None
        for part in parts:
            try:
                if part(frame) is decisive:
                    return decisive
            except UndecidedError as error:
                undecided = undecided or error
        if undecided is not None:
            raise undecided
        return not decisive

    return chained


def loop(name: str, target: Code, body: Code, slot: str, cost: int) -> Code:
    """Return the closure of a macro; `slot` is the frame's key of its variable, `cost` what one item is charged."""
    return _LOOPS[name](target, _charged(body, slot, cost))


_Step = Callable[[Frame, object], object]


def _charged(body: Code, slot: str, cost: int) -> _Step:
    """Return what judges one item: it pays for the work, puts the item in its slot and runs the body."""

    def step(frame: Frame, item: object) -> object:
        run: Run = frame[RUN]
        run.left -= cost
        if run.left < 0:
            raise BudgetSpentError
        frame[slot] = item
        return body(frame)

    return step


def _exists(target: Code, step: _Step) -> Code:
    return _quantified(target, step, decisive=True)


def _all(target: Code, step: _Step) -> Code:
    return _quantified(target, step, decisive=False)


def _quantified(target: Code, step: _Step, *, decisive: bool) -> Code:
    """Return the closure that ends at the first item which is `decisive`."""

    def quantified(frame: Frame) -> bool:
        undecided: UndecidedError | None = None
        for item in target(frame):
            try:
                if step(frame, item) is decisive:
                    return decisive
            except UndecidedError as error:
                undecided = undecided or error
        if undecided is not None:
            raise undecided
        return not decisive

    return quantified


def _exists_one(target: Code, step: _Step) -> Code:
    return lambda frame: sum([step(frame, item) is True for item in target(frame)]) == 1


def _filter(target: Code, step: _Step) -> Code:
    return lambda frame: tuple([item for item in target(frame) if step(frame, item) is True])


def _map(target: Code, step: _Step) -> Code:
    return lambda frame: tuple([step(frame, item) for item in target(frame)])


_LOOPS: Mapping[str, Callable[[Code, _Step], Code]] = MappingProxyType(
    {"all": _all, "exists": _exists, "exists_one": _exists_one, "filter": _filter, "map": _map}
)
