from enum import StrEnum

from django.db.models import TextChoices


class Kind(TextChoices):
    COLLEGE = "college", "College"
    TRAINING = "training", "Training provider"
    SCHOOL = "school", "School or sixth form"
    UNIVERSITY = "university", "University"
    COUNCIL = "council", "Council or public body"
    CHARITY = "charity", "Charity"
    EMPLOYER = "employer", "Employer"


class Offer(TextChoices):
    APPRENTICESHIPS = "apprenticeships", "Apprenticeships"
    INTERNSHIPS = "internships", "Supported internships"
    STUDY = "study", "Study programmes"
    COURSES = "courses", "Courses for adults"
    SKILLS = "skills", "Help to get a job"


class Tag(StrEnum):
    ADDED = "market:trainer:added"
    CHANGED = "market:trainer:changed"
    CHECKED = "market:trainer:checked"
    TAKEN_OFF = "market:trainer:taken-off"
    TAKEN_IN = "market:trainer:taken-in"
    TAKEN_OUT = "market:trainer:taken-out"
