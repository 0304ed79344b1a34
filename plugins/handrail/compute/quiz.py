"""Grading a quiz: what was answered right, and whether that is enough. The right answers stay where they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from handrail.model.training import Question, Quiz


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The outcome: how many of how many were right, whether that passes, and which questions were not."""

    right: int
    total: int
    passed: bool
    wrong: tuple[str, ...]


def is_right(question: Question, letters: frozenset[str]) -> bool:
    """Exactly the right letters, no more and no less."""
    return letters == frozenset(one.lower() for one in question.answer)


def grade(quiz: Quiz, answers: Mapping[str, frozenset[str]]) -> Grade:
    """Grade the answers by the id of their question; one that is missing is wrong."""
    wrong = tuple(one.id for one in quiz.questions if not is_right(one, answers.get(one.id, frozenset())))
    total = len(quiz.questions)
    right = total - len(wrong)
    return Grade(right=right, total=total, passed=Decimal(right) >= quiz.pass_share * total, wrong=wrong)
