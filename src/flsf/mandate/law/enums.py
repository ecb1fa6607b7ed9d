from enum import StrEnum

from django.db.models import TextChoices


class Unit(TextChoices):
    PENCE = "pence", "pence"
    SCHOOL_DAYS = "school_days", "school days"
    WORKING_DAYS = "working_days", "working days"
    CALENDAR_DAYS = "calendar_days", "calendar days"
    HOURS_A_WEEK = "hours_a_week", "hours a week"
    HOURS = "hours", "hours"
    CHILDREN = "children", "children"
    YEARS = "years", "years"
    MONTHS = "months", "months"
    BASIS_POINTS = "basis_points", "hundredths of a per cent"
    COUNT = "count", ""


class Key(StrEnum):
    """The numbers that rules ask for. What each says and whence is in the table."""

    LIGHT_TOUCH_THRESHOLD = "light-touch-threshold"  # P1, gross of VAT
    TRANSPARENCY_THRESHOLD = "details-notice-threshold"  # UK7 from 30,000
    FRAMEWORK_MOST_YEARS = "framework-most-years"  # S42
    SIXTH_DAY = "sixth-school-day"  # E2
    HEALTH_DAYS = "health-needs-days"  # E3
    FULL_TIME_HOURS = "full-time-hours"  # E19: more than 18 is full time
    FULL_TIME_WARNING_HOURS = "full-time-warning-hours"  # E19: warn at 15
    UNREGISTERED_MOST_CHILDREN = "unregistered-most-children"  # E18: 5 makes a school
    OLDEST_AGE = "oldest-age"  # S33
    LATE_MARK_DAYS = "late-mark-days"  # J8
    UNEXPLAINED_ABSENCE_DAYS = "unexplained-absence-days"  # N resolved in five school days
    CEILING_WARNING = "ceiling-warning"  # S307
    PAID_ABSENCES_IN_A_ROW = "paid-absences-in-a-row"  # S283
    OFFER_WAIT_DAYS = "offer-wait-days"  # waiting list bands
    STANDSTILL_LEAST_DAYS = "standstill-least-days"  # section 51
    ROUND_DECIDE_DAYS = "round-decide-days"  # K9
    OPEN_FRAMEWORK_MOST_YEARS = "open-framework-most-years"  # P15
    OPEN_FRAMEWORK_FIRST_YEARS = "open-framework-first-years"  # P15
    OPEN_FRAMEWORK_NEXT_YEARS = "open-framework-next-years"  # P15
    REOPENING_MOST_DAYS = "reopening-most-days"  # S131: to tender when an open framework reopens
    DETAILS_NOTICE_DAYS = "details-notice-days"  # UK7
    TERMINATION_NOTICE_DAYS = "termination-notice-days"  # UK11
    CHALLENGE_DAYS = "challenge-days"  # P35
    CHALLENGE_MOST_MONTHS = "challenge-most-months"  # P35
    CHALLENGE_SEED_MONTHS = "challenge-seed-months"  # S175
    SET_ASIDE_MOST_MONTHS = "set-aside-most-months"  # P35
    TELL_FAMILY_DAYS = "tell-family-days"  # J2: what happens next, and when
    LISTING_PROMPT_DAYS = "listing-prompt-days"  # S7: ask whether it is still right
    LISTING_TAKEN_DOWN_DAYS = "listing-taken-down-days"  # S7: no longer public
    CONTINUITY_DAYS = "continuity-days"  # a child's place is decided on after a lapse
    ACTION_PLAN_DAYS = "action-plan-days"  # the ladder's second rung
    REPLY_DAYS = "reply-days"  # a provider's right to reply
    REPRESENTATION_DAYS = "representation-days"  # before an exclusion is decided (sections 48, 58)
    CLARIFICATION_DAYS = "clarification-days"  # to answer what evaluators ask
    FIRST_VISIT_DAYS = "first-visit-days"  # after an admission with a limit
    MINISTER_NOTICE_DAYS = "minister-notice-days"  # section 59
    ACKNOWLEDGE_APPLICATION_DAYS = "acknowledge-application-days"  # peers 8.2
    DECIDE_APPLICATION_DAYS = "decide-application-days"  # peers 8.2
    SMALL_JOIN_DAYS = "small-join-days"  # S298: from beginning to the decision
    NEW_GUIDANCE_DAYS = "new-guidance-days"  # what rests on guidance is judged anew
    EVIDENCE_MOST_YEARS = "evidence-most-years"  # then it is looked at again
    COMPETITION_QUALITY_LEAST = "competition-quality-least"  # peers 8.4
    COMPETITION_QUALITY_MOST = "competition-quality-most"  # peers 8.4
    COMPETITION_PRICE_LEAST = "competition-price-least"  # peers 8.4
    COMPETITION_PRICE_MOST = "competition-price-most"  # peers 8.4
    COMPETITION_URGENT_HOURS = "competition-urgent-hours"  # peers 8.4
    COMPETITION_DAYS = "competition-days"  # peers 8.4
    COMPETITION_THRESHOLD = "competition-threshold"  # of five; peers 8.2
    ABNORMALLY_LOW = "abnormally-low"  # section 19(3)
    MEETING_CLOSE_MONTHS = "meeting-close-months"  # S172: how often we meet a provider
    MEETING_MIDDLE_MONTHS = "meeting-middle-months"  # S172
    MEETING_USUAL_MONTHS = "meeting-usual-months"  # S172
    MEETING_LARGE_PENCE = "meeting-large-pence"  # S172: paid in twelve months
    MEETING_MIDDLE_PENCE = "meeting-middle-pence"  # S172
    MEETING_FRESH_DAYS = "meeting-fresh-days"  # S172: to meet because of something new
    SIGNAL_RELIANCE = "signal-reliance"  # S172: of all that we paid
    SIGNAL_DEPENDENCE = "signal-dependence"  # S172: of the provider's income
    SIGNAL_FALL = "signal-fall"  # S172: fewer children than a year ago
    PAY_WITHIN_DAYS = "pay-within-days"  # P30
    SIGNAL_PRICE_MONTHS = "signal-price-months"  # S172
    SIGNAL_ENDED_EARLY = "signal-ended-early"  # S172: of the placements that ended
    SIGNAL_NOT_TAKING = "signal-not-taking"  # S172: of its services


class Tag(StrEnum):
    SET = "mandate:provision:set"
