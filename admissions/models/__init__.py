from admissions.models.admission_facts import AdmissionFacts
from admissions.models.awareness_class import AwarenessClass, Enrolment
from admissions.models.candidate import Candidate, Ethnicity, Religion
from admissions.models.correction import Correction
from admissions.models.day_off import DayOff
from admissions.models.deciding_body import DecidingBody, deciding_body_of
from admissions.models.different_people import DifferentPeople
from admissions.models.digest import Digest
from admissions.models.dossier import Dossier, Register
from admissions.models.event import Event
from admissions.models.letter_template import LetterTemplate
from admissions.models.made_letter import MadeLetter
from admissions.models.meeting import Meeting, Vote
from admissions.models.paper import Document, Paper
from admissions.models.reason import Reason
from admissions.models.source import PriorityGroup

__all__ = [
    "AdmissionFacts",
    "AwarenessClass",
    "Candidate",
    "Correction",
    "DayOff",
    "DecidingBody",
    "DifferentPeople",
    "Digest",
    "Document",
    "Dossier",
    "Enrolment",
    "Ethnicity",
    "Event",
    "LetterTemplate",
    "MadeLetter",
    "Meeting",
    "Paper",
    "PriorityGroup",
    "Reason",
    "Register",
    "Religion",
    "Vote",
    "deciding_body_of",
]
