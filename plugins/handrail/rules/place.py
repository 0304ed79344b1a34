"""Finds the field that an undecided answer is about, by going back from the operand to the last thing read for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handrail.rules.evaluation import UndecidedError
from handrail.rules.nodes import Call, Conditional, Index, Listing, Macro, Member, Name, Node

Frame = dict[str, Any]
"""The scope of a run with the values of macro variables."""

Code = Callable[[Frame], Any]
"""A compiled part of an expression."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Place:
    """An object and one of its fields; a root or variable has a name but no owner."""

    owner: object | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Finder:
    """Searches within one frame; `code` compiles a part, `slot` names the frame's key of a macro's variable."""

    frame: Frame
    code: Callable[[Node], Code]
    slot: Callable[[Macro], str]

    def find(self, node: Node) -> Place:
        """Return where the value of a part was read."""
        match node:
            case Name(name=name):
                place = Place(field=name)
            case Member():
                place = self._member(node)
            case Macro(name="map"):
                place = self._mapped(node)
            case Macro(target=inner) | Index(target=inner):
                place = self.find(inner)
            case Conditional(test=test, yes=yes, no=no):
                place = self.find(yes if self._value(test) is True else no)
            case Call() | Listing():
                empty = next((part for part in node.children() if self._value(part) is None), None)
                place = self.find(empty) if empty is not None else self._first(node)
            case _:
                place = self._first(node)
        return place

    def _first(self, node: Node) -> Place:
        """Return the first place among the parts of a node."""
        places = (self.find(part) for part in node.children())
        return next((place for place in places if place.field is not None), Place())

    def _member(self, node: Member) -> Place:
        """Return the owner of the field, or go further back when there is no owner."""
        owner = self._value(node.target)
        if isinstance(owner, (tuple, list)):
            owner = owner[0] if owner else None
        if owner is None:
            return self.find(node.target)
        return Place(owner=owner, field=node.name)

    def _mapped(self, node: Macro) -> Place:
        """Return what was empty for the first item that gave nothing."""
        for item in self._value(node.target) or ():
            self.frame[self.slot(node)] = item
            if self._value(node.body) is None:
                return self.find(node.body)
        return self.find(node.target)

    def _value(self, node: Node) -> Any:
        """Evaluate a part again; what cannot be decided counts as empty."""
        try:
            return self.code(node)(self.frame)
        except UndecidedError:
            return None


def described(place: Place, error: UndecidedError) -> UndecidedError:
    """Say that the field is empty, where one is known."""
    if place.field is None:
        return error
    return UndecidedError(f"{place.field} is empty", place.owner, place.field)
