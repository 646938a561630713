from admissions.models.calendar import DayOff
from admissions.models.candidate import Candidate, Ethnicity, Religion
from admissions.models.desk import Digest, LetterTemplate, Reason
from admissions.models.dossier import AdmissionFacts, Dossier, Register
from admissions.models.record import Document, Event, Meeting, Paper, Vote

__all__ = [
    "AdmissionFacts",
    "Candidate",
    "DayOff",
    "Digest",
    "Document",
    "Dossier",
    "Ethnicity",
    "Event",
    "LetterTemplate",
    "Meeting",
    "Paper",
    "Reason",
    "Register",
    "Religion",
    "Vote",
]
