"""Which steps make up each list of a class, and which still hold a place in it."""

from admissions.choices import ClassStep

NOMINATED = tuple(ClassStep)
CERTIFIED = (ClassStep.CERTIFIED,)
PASSED = (ClassStep.PASSED, *CERTIFIED)
UNFINISHED = (ClassStep.REWRITE, ClassStep.FAILED)
ATTENDED = (ClassStep.ATTENDED, *UNFINISHED, *PASSED)
APPROVED = (ClassStep.APPROVED, ClassStep.ABSENT, *ATTENDED)

LISTS: dict[str, tuple[ClassStep, ...]] = {
    "de-cu": NOMINATED,
    "duyet": APPROVED,
    "du": ATTENDED,
    "dat": PASSED,
    "gcn": CERTIFIED,
}
"""The lists of a class by the key of their addresses; each is part of the one before."""

TO_CHECK = (ClassStep.NOMINATED, ClassStep.PROPOSED)
"""Nominated, and nobody has decided yet."""

SEATED = (ClassStep.APPROVED, ClassStep.ATTENDED, ClassStep.REWRITE, ClassStep.PASSED)
"""In a class and not through with it."""

LEARNING = (*SEATED, *CERTIFIED)
"""In a class, until the day of the certificate."""

MISSED = (ClassStep.ABSENT, ClassStep.FAILED)
"""Left the class without a result: they wait for the next one by themselves."""
