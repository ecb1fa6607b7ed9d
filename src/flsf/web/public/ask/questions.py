"""The questions in their order, and what the answers come to."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flsf.casework.children.enums import Relation, Schooling
from flsf.casework.children.rules import ContactFacts, Facts
from flsf.casework.referrals.enums import Ground, Route, Urgency
from flsf.casework.referrals.rules import Asked, looks_dangerous
from flsf.core.needs import Need
from flsf.shared.places import queries as places
from flsf.web.components.steps import Said, Step
from flsf.web.public.ask import forms

DANGER = "The words of this request speak of danger. Read it now."


def is_self(said: Said) -> bool:
    return said.get("relation") == Relation.SELF


def has_school(said: Said) -> bool:
    return said.get("schooling") == Schooling.ON_ROLL


def _plain(form: Any) -> Callable[[Any, Said], Any]:
    return lambda typed, _: form(typed)


def _either(themselves: str, other: str) -> Callable[[Said], str]:
    return lambda said: themselves if is_self(said) else other


def steps(today: date) -> tuple[Step, ...]:
    """One question a page (J2, short)."""
    return (*_who_it_is(today), *_what_it_is(), *_how_to_reach())


def _who_it_is(today: date) -> tuple[Step, ...]:
    return (
        Step(slug="who", title="Who are you?", form=_plain(forms.WhoForm)),
        Step(
            slug="name",
            title="What is the child's name?",
            title_for=_either("What is your name?", "What is the child's name?"),
            form=_plain(forms.NameForm),
        ),
        Step(
            slug="birth-date",
            title="When was the child born?",
            title_for=_either("When were you born?", "When was the child born?"),
            form=lambda typed, _: forms.BirthForm(typed, today=today),
        ),
        Step(slug="school", title="Is there a school?", form=_plain(forms.SchoolForm)),
        Step(
            slug="which-school",
            title="Which school is it?",
            is_asked=has_school,
            form=lambda typed, said: forms.WhichSchoolForm(
                typed, words=str(said.get("school_words", ""))
            ),
        ),
    )


def _what_it_is() -> tuple[Step, ...]:
    return (
        Step(
            slug="what-is-happening",
            title="What is happening?",
            intro="Use your own words. You do not have to tell us all of it now.",
            prompts=(
                "When did it start?",
                "What is a hard day like?",
                "What has been tried?",
            ),
            form=_plain(forms.HappeningForm),
        ),
        Step(
            slug="what-helps",
            title="What helps, and what do they like?",
            title_for=_either(
                "What helps you, and what do you like?", "What helps, and what do they like?"
            ),
            intro="You can leave this empty.",
            prompts=("Things they are good at.", "People they trust.", "Places that feel calm."),
            form=_plain(forms.HelpsForm),
        ),
        Step(slug="needs", title="What makes school hard?", form=_plain(forms.NeedsForm)),
        Step(
            slug="wanted",
            title="What would you like to happen?",
            intro="You can leave this empty.",
            form=_plain(forms.WantedForm),
        ),
    )


def _how_to_reach() -> tuple[Step, ...]:
    return (
        Step(slug="you", title="How can we reach you?", form=_plain(forms.ContactForm)),
        Step(slug="safe", title="What is safe for you?", form=_plain(forms.SafeForm)),
        Step(slug="language", title="Your language", form=_plain(forms.LanguageForm)),
        Step(
            slug="consent",
            title="May we talk to the school?",
            intro="It helps us to know what the school has tried. You can say no.",
            is_asked=has_school,
            form=_plain(forms.ConsentForm),
        ),
    )


def facts_of(said: Said) -> Facts:
    """The child, as the answers tell it."""
    school = places.school(int(said["school"])) if _named_school(said) else None
    schooling = Schooling(said["schooling"])
    if schooling is Schooling.ON_ROLL and school is None:
        schooling = Schooling.NO_SCHOOL
    return Facts(
        first_name=said["first_name"].strip(),
        last_name=said["last_name"].strip(),
        birth_date=said["birth_date"],
        schooling=schooling,
        school_id=school.pk if school else None,
        needs=frozenset(Need(one) for one in said["needs"]),
        strengths=said["what_helps"],
        contact_caution=said["caution"],
    )


def contact_of(said: Said, user_id: int | None) -> ContactFacts:
    """Whoever asks, and what is safe for them."""
    return ContactFacts(
        name=said["contact_name"],
        relation=Relation(said["relation"]),
        user_id=user_id,
        phone=said["phone"],
        email=said["email"],
        language=said["language"],
        needs_interpreter=said["needs_interpreter"],
        may_phone="may_phone" in said["safe"],
        may_text="may_text" in said["safe"],
        may_email="may_email" in said["safe"],
        may_leave_message="may_leave_message" in said["safe"],
    )


def asked_of(said: Said, *, today: date, once: str) -> Asked:
    """What is asked for. We first know of it today: their own words may say since when."""
    danger = looks_dangerous(*texts_of(said))
    return Asked(
        route=Route.FAMILY,
        ground=_ground(said),
        first_aware_on=today,
        what_happens=said["what_happens"],
        what_helps=said["what_helps"],
        outcomes_wanted=said["outcomes_wanted"],
        urgency=Urgency.CRISIS if danger else Urgency.PLANNED,
        urgency_reason=DANGER if danger else "",
        parent_agrees=None if is_self(said) else True,
        may_talk_to_school=_yes_or_no(said.get("may_talk_to_school")),
        sent_once_key=once,
    )


def note_of(said: Said) -> str:
    """What whoever reads it first must check."""
    said_of_school = said.get("school_words", "")
    notes = []
    if has_school(said) and not _named_school(said):
        notes.append(f"They could not find the school in our list. They wrote: {said_of_school}.")
    if said["caution"]:
        notes.append(f"They ask us not to tell: {said['caution']}")
    return "\n\n".join(notes)


def texts_of(said: Said) -> tuple[str, ...]:
    names = ("what_happens", "what_helps", "outcomes_wanted", "caution")
    return tuple(str(said.get(name, "")) for name in names)


def _named_school(said: Said) -> bool:
    return has_school(said) and said.get("school") not in (None, forms.NONE_OF_THESE)


def _ground(said: Said) -> Ground:
    needs = set(said["needs"])
    if needs == {Need.MED.value}:
        return Ground.MEDICAL
    return Ground.SEND if needs - {Need.OTH.value, Need.EBSA.value} else Ground.OTHER


def _yes_or_no(given: str | None) -> bool | None:
    return None if given is None else given == "yes"
