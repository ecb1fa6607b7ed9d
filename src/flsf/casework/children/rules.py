"""A child's facts as they are handed over, and what follows from them alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stdnum.gb import upn as national

from flsf.casework.children.enums import Basis, Care, Detail, Relation, Schooling, SenStage
from flsf.core.access import Access
from flsf.core.dates import anniversary
from flsf.core.needs import Need

UPN_LENGTH = 13
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
OLDEST_AGE = 25  # the framework's own limit (S33); the age in force is the law's to say
FIRST_SCHOOL_MONTH = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything a child's record holds besides who works with it. Sets are sets, not masks."""

    first_name: str
    last_name: str
    birth_date: date
    preferred_name: str = ""
    upn: str = ""
    postcode: str = ""
    schooling: Schooling = Schooling.NO_SCHOOL
    school_id: int | None = None
    sen_stage: SenStage = SenStage.NONE
    plan_ref: str = ""
    care: Care = Care.NONE
    needs: frozenset[Need] = frozenset()
    main_need: Need | None = None
    access: frozenset[Access] = frozenset()
    strengths: str = ""
    about: str = ""
    health_notes: str = ""
    contact_caution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """Somebody who cares for a child, and how it is safe to reach them."""

    name: str
    relation: Relation
    user_id: int | None = None
    has_parental_responsibility: bool = False
    phone: str = ""
    email: str = ""
    may_phone: bool = False
    may_text: bool = False
    may_email: bool = False
    may_leave_message: bool = False
    language: str = ""
    needs_interpreter: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A child as one person may name it: the reference alone, if that is all they may know."""

    pk: int
    ref: str
    known_as: str
    detail: Detail

    def __str__(self) -> str:
        return self.known_as or f"Child {self.ref}"


# Those who see a child because it is theirs, or is themselves.
FAMILY = (Basis.PARENT_OF, Basis.SELF)

# From least to most.
_STEPS = (Detail.SUMMARY, Detail.WORKING, Detail.FULL)


def widest(details: Iterable[Detail]) -> Detail | None:
    """The most that any of several disclosures shows; None if there are none."""
    found = set(details)
    return next((step for step in reversed(_STEPS) if step in found), None)


def shows_name(detail: Detail) -> bool:
    """A summary tells age, area and needs, and leaves out who it is (rule D7)."""
    return detail is not Detail.SUMMARY


def age_on(birth_date: date, day: date) -> int:
    """Whole years lived. Born on 29 February, a year is reached on 1 March."""
    return day.year - birth_date.year - (anniversary(birth_date, day.year - birth_date.year) > day)


def school_year(birth_date: date, day: date) -> str:
    """The year group of the child's age in England: "Reception", "Year 9", "After Year 13"."""
    began = day.year if day.month >= FIRST_SCHOOL_MONTH else day.year - 1
    year = age_on(birth_date, date(began, 8, 31)) - 4
    if year < 0:
        return "Before school"
    if year == 0:
        return "Reception"
    return f"Year {year}" if year <= 13 else "After Year 13"


def birth_date_trouble(birth_date: date, day: date, oldest: int = OLDEST_AGE) -> str:
    """Why a date cannot be the birth date of a child we help; empty if it can."""
    if birth_date > day:
        return "The date of birth is in the future. Check the year."
    if age_on(birth_date, day) > oldest:
        return (
            f"This date of birth makes them {age_on(birth_date, day)}. We help children and young "
            f"people up to {oldest}. Check the year. If it is right, phone us and we will tell "
            "you who can help."
        )
    return ""


def tidy_upn(typed: str) -> str:
    """A unique pupil number without spaces, in capitals."""
    return re.sub(r"[\s-]", "", typed).upper()


def upn_trouble(typed: str) -> str:
    """What is wrong with a unique pupil number, naming the character; empty if nothing is.

    The first letter is made from the other twelve characters (DfE, Unique Pupil Numbers).
    The council's code within is not looked up: councils come and go.
    """
    upn = tidy_upn(typed)
    if not upn:
        return ""
    if len(upn) != UPN_LENGTH:
        return f"The UPN must have 13 characters, for example A123456789012. This has {len(upn)}."
    if upn[0] not in CHECK_LETTERS:
        return f"Character 1 of the UPN must be a letter, and not I, O or S. You typed {upn[0]}."
    for place, character in enumerate(upn[1:], start=2):
        fits = character.isascii() and (
            character.isdigit() or (place == UPN_LENGTH and character in CHECK_LETTERS)
        )
        if not fits:
            return f"Character {place} of the UPN must be a number. You typed {character}."
    due = str(national.calc_check_digit(upn[1:]))
    if upn[0] != due:
        return (
            f"Character 1 of the UPN does not fit the rest. For these numbers it would be {due}, "
            f"and you typed {upn[0]}. Check every character."
        )
    return ""


def same_name(one: str, other: str) -> bool:
    """Whether two names read the same, whatever their capitals, spaces and hyphens."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return re.sub(r"[^\w]", "", name).casefold()
