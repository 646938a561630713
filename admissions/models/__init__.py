from admissions.models.calendar import DayOff
from admissions.models.candidate import Candidate, Ethnicity, Religion
from admissions.models.dossier import AdmissionFacts, Dossier, Register
from admissions.models.record import Event, Paper, Vote

__all__ = [
    "AdmissionFacts",
    "Candidate",
    "DayOff",
    "Dossier",
    "Ethnicity",
    "Event",
    "Paper",
    "Register",
    "Religion",
    "Vote",
]
