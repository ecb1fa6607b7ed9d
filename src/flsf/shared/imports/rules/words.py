"""Words that councils use, and the codes of ours they stand for.

The stages whose codes they are lie downstream, so they are plain text here; a test holds the
two together.
"""

from flsf.core.needs import Need

PROVIDER_KINDS = {
    "company": "company", "limited company": "company", "ltd": "company", "private": "company",
    "charity": "voluntary", "voluntary": "voluntary", "cic": "voluntary",
    "community interest company": "voluntary", "third sector": "voluntary",
    "charity or community organisation": "voluntary", "sole trader": "sole_trader",
    "self-employed": "sole_trader", "individual": "sole_trader", "public": "public",
    "public body": "public", "school": "public", "nhs": "public", "council": "public",
}  # fmt: skip
PROVIDER_TYPES = {
    "education professionals": "education", "education": "education", "teachers": "education",
    "therapists": "therapy", "therapy": "therapy",
    "community based": "community", "community-based": "community", "community": "community",
    "voluntary or not for profit": "not_for_profit", "not for profit": "not_for_profit",
    "not-for-profit": "not_for_profit", "voluntary": "not_for_profit", "vcse": "not_for_profit",
    "charity": "not_for_profit",
}  # fmt: skip
NONE_OF_THEM = frozenset({"none", "none of the four"})
MODES = {
    "site": "site", "centre": "site", "at the provider's place": "site", "centre based": "site",
    "on site": "site", "community": "community", "in the community": "community",
    "somewhere in the community": "community", "home": "home", "at home": "home",
    "online": "online", "virtual": "online", "remote": "online", "workplace": "workplace",
    "at a workplace": "workplace", "work based": "workplace",
}  # fmt: skip
SEN_STAGES = {
    "none": "none", "n": "none", "no sen": "none", "k": "support", "sen support": "support",
    "support": "support", "e": "ehcp", "ehcp": "ehcp", "ehc plan": "ehcp",
    "education, health and care plan": "ehcp",
}  # fmt: skip
CARE = {
    "none": "none", "no": "none", "looked after": "looked_after", "lac": "looked_after",
    "cla": "looked_after", "yes": "looked_after", "previously looked after": "previously",
    "previously": "previously", "social worker": "social_worker", "cin": "social_worker",
    "cp": "social_worker", "has a social worker": "social_worker",
}  # fmt: skip
UNITS = {
    "hour": "hour", "hourly": "hour", "per hour": "hour", "an hour": "hour", "session": "session",
    "half day": "session", "half-day": "session", "a half-day session": "session",
    "per session": "session", "day": "day", "daily": "day", "per day": "day", "a day": "day",
    "week": "week", "weekly": "week", "per week": "week", "a week": "week", "year": "place_year",
    "place": "place_year", "place year": "place_year", "annual": "place_year",
    "a place for a year": "place_year",
}  # fmt: skip
TEAMS = {
    "send": "send", "send team": "send", "sen": "send", "ap": "ap", "ap team": "ap",
    "alternative provision": "ap", "alternative provision team": "ap",
    "virtual school": "virtual_school", "vs": "virtual_school",
}  # fmt: skip
SPEND_LINES = {
    "ap": "ap", "alternative provision": "ap", "online": "online",
    "online tutoring and mentoring": "online", "in person": "in_person", "in-person": "in_person",
    "in-person tutoring and mentoring": "in_person", "post 16": "post_16", "post-16": "post_16",
    "post-16 support": "post_16", "mentoring": "mentoring", "dedicated mentoring": "mentoring",
    "tutoring": "tutoring", "tuition": "tutoring", "personal budget": "personal_budget",
    "personal budgets": "personal_budget", "eotas": "eotas",
    "education otherwise than at school": "eotas", "therapy": "therapy", "other": "other",
}  # fmt: skip
TRAINER_KINDS = {
    "college": "college", "further education": "college", "fe college": "college",
    "sixth form centres": "school", "sixth form": "school", "school": "school",
    "school or sixth form": "school", "special post 16 institution": "college",
    "training provider": "training", "independent training provider": "training",
    "itp": "training", "apprenticeship training provider": "training",
    "university": "university", "higher education institutions": "university",
    "council": "council", "public body": "council", "council or public body": "council",
    "charity": "charity", "voluntary": "charity", "employer": "employer", "company": "training",
}  # fmt: skip
OFFERS = {
    "apprenticeships": "apprenticeships", "apprenticeship": "apprenticeships",
    "supported internships": "internships", "supported internship": "internships",
    "internships": "internships", "study programmes": "study", "study programme": "study",
    "traineeship": "study", "traineeships": "study", "a levels": "study", "t levels": "study",
    "courses": "courses", "courses for adults": "courses", "adult learning": "courses",
    "help to get a job": "skills", "supported employment": "skills", "employment support": "skills",
    "job skills": "skills", "skills": "skills",
}  # fmt: skip
NEED_WORDS = {
    "autism": Need.ASD, "autistic": Need.ASD, "asc": Need.ASD, "speech and language": Need.SLCN,
    "dyslexia": Need.SPLD, "mental health": Need.SEMH, "hearing": Need.HI, "vision": Need.VI,
    "visual": Need.VI, "sight": Need.VI, "physical": Need.PD, "anxiety": Need.EBSA,
    "school avoidance": Need.EBSA, "medical": Need.MED, "other": Need.OTH,
    **{need.value.lower(): need for need in Need},
    **{need.label.lower(): need for need in Need},
}  # fmt: skip
