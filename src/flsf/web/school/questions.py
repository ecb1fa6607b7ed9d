"""The six pages of a school's referral, and what the answers come to."""

from datetime import date
from typing import Any

from flsf.casework.children.enums import Relation, Schooling, SenStage
from flsf.casework.children.rules import ContactFacts, Facts
from flsf.casework.referrals.enums import Ground, Purpose, Route, Urgency
from flsf.casework.referrals.rules import Asked, Hint, others_details
from flsf.core.half_days import BY_CODE, to_mask
from flsf.core.needs import Need
from flsf.market.providers.enums import Mode
from flsf.web.components.steps import Said, Step
from flsf.web.school import forms

TEXTS = (
    *("what_happens", "what_was_tried", "what_helps", "outcomes_wanted"),
    *("parent_view", "child_view"),
)


def steps(today: date) -> tuple[Step, ...]:
    return (
        Step(
            slug="pupil",
            title="Who is it?",
            form=lambda typed, _: forms.PupilForm(typed, today=today),
        ),
        Step(
            slug="why",
            title="What is happening",
            intro="Leave out the names of other children and their families.",
            form=lambda typed, _: forms.WhyForm(typed, today=today),
        ),
        Step(
            slug="needs",
            title="Strengths and needs",
            form=lambda typed, _: forms.PupilNeedsForm(typed),
        ),
        Step(
            slug="hopes",
            title="What you hope for",
            form=lambda typed, _: forms.HopesForm(typed),
        ),
        Step(
            slug="views",
            title="Consent and views",
            form=lambda typed, _: forms.ViewsForm(typed),
        ),
        Step(
            slug="parent",
            title="Parent or carer",
            form=lambda typed, _: forms.ParentForm(typed),
        ),
    )


def facts_of(said: Said, school_id: int) -> Facts:
    """The pupil, as the answers tell it."""
    main = Need(said["main_need"])
    return Facts(
        first_name=said["first_name"].strip(),
        last_name=said["last_name"].strip(),
        birth_date=said["birth_date"],
        upn=said["upn"],
        postcode=said["postcode"],
        schooling=Schooling.ON_ROLL,
        school_id=school_id,
        sen_stage=SenStage(said["sen_stage"]),
        plan_ref=said["plan_ref"],
        needs=frozenset(Need(one) for one in said["needs"]) | {main},
        main_need=main,
        strengths=said["what_helps"],
        contact_caution=said["caution"],
    )


def contact_of(said: Said) -> ContactFacts | None:
    """The parent or carer, if the school named one."""
    if not said["contact_name"]:
        return None
    return ContactFacts(
        name=said["contact_name"],
        relation=Relation.PARENT,
        phone=said["phone"],
        email=said["email"],
        may_phone="may_phone" in said["safe"],
        may_text="may_text" in said["safe"],
        may_email="may_email" in said["safe"],
        may_leave_message="may_leave_message" in said["safe"],
    )


def asked_of(said: Said, *, organisation_id: int, once: str) -> Asked:
    """What the school asks for."""
    agrees: dict[str, bool | None] = {"yes": True, "no": False, "not_asked": None}
    return Asked(
        route=Route.SCHOOL,
        organisation_id=organisation_id,
        ground=Ground(said["ground"]),
        purpose=Purpose.STATUTORY,
        first_aware_on=said["first_aware_on"],
        urgency=Urgency(said["urgency"]),
        urgency_reason=said["urgency_reason"],
        what_happens=said["what_happens"],
        what_was_tried=said["what_was_tried"],
        what_helps=said["what_helps"],
        outcomes_wanted=said["outcomes_wanted"],
        child_view=said["child_view"],
        parent_view=said["parent_view"],
        no_view_reason=said["no_view_reason"],
        parent_agrees=agrees[said["parent_agrees"]],
        may_talk_to_school=True,
        half_days_mask=to_mask(BY_CODE[code] for code in said["half_days"]),
        modes=frozenset(Mode(one) for one in said["modes"]),
        start_wanted_on=said["start_wanted_on"],
        sent_once_key=once,
    )


def hints_of(said: Said, form: Any = None) -> list[Hint]:
    """What in the free text seems to be somebody else's: warned of, never blocked."""
    given = {**said, **(getattr(form, "cleaned_data", {}) if form else {})}
    own = (str(said.get("first_name", "")), str(said.get("last_name", "")))
    parent = tuple(str(said.get("contact_name", "")).split())
    return [
        hint
        for name in TEXTS
        for hint in others_details(str(given.get(name, "")), own_names=own + parent)
    ]
