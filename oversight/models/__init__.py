"""What is followed through the year: reviews, followers, teams and their visits, tasks, plans, letters, rewards."""

from oversight.models.correction import RecordCorrection
from oversight.models.letter import Explanation, ExplanationRequest
from oversight.models.passage import ReportPassage
from oversight.models.plan import Plan, SubTarget
from oversight.models.review import Difficulty, Review, ReviewedPerson, ReviewReminder
from oversight.models.reward import Reward
from oversight.models.task import Task, TaskReport
from oversight.models.team import Follower, Team, TeamMember, TeamUnit
from oversight.models.visit import Shortcoming, Visit, VisitAddition

__all__ = [
    "Difficulty",
    "Explanation",
    "ExplanationRequest",
    "Follower",
    "Plan",
    "RecordCorrection",
    "ReportPassage",
    "Review",
    "ReviewReminder",
    "ReviewedPerson",
    "Reward",
    "Shortcoming",
    "SubTarget",
    "Task",
    "TaskReport",
    "Team",
    "TeamMember",
    "TeamUnit",
    "Visit",
    "VisitAddition",
]
