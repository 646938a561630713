"""Awareness classes: opening, nominating, checking, attending, assessing, certifying, and who waits for the next."""

from admissions.classes.assessing import Assessment, record_results
from admissions.classes.attending import Presence, record_attendance
from admissions.classes.certifying import (
    give_certificates,
    list_numbers,
    propose_certificate_number,
    take_certificate_back,
)
from admissions.classes.checking import Answer, check_nominations
from admissions.classes.correcting import correct_enrolment, correctable_fields, may_correct_enrolment
from admissions.classes.nominating import Nominee, nominate_people
from admissions.classes.opening import change_class, open_class, propose_class_name
from admissions.classes.recording import ClassRefused

__all__ = [
    "Answer",
    "Assessment",
    "ClassRefused",
    "Nominee",
    "Presence",
    "change_class",
    "check_nominations",
    "correct_enrolment",
    "correctable_fields",
    "give_certificates",
    "list_numbers",
    "may_correct_enrolment",
    "nominate_people",
    "open_class",
    "propose_certificate_number",
    "propose_class_name",
    "record_attendance",
    "record_results",
    "take_certificate_back",
]
