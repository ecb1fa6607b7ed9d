"""The five steps of the guided tour, and what each leads to as the story stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.urls import reverse

from flsf.money.payments.enums import Status as ClaimStatus
from flsf.web.public.demo.story import DRAFTS, Story, stories


class State(StrEnum):
    """How a step stands, in a word."""

    DONE = "Done"
    NOW = "Next"
    LATER = "Later"


@dataclass(frozen=True, slots=True)
class Act:
    """Whom to be, and the page to do it on."""

    says: str
    persona: str
    address: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the five. One that is done can be looked at again."""

    title: str
    says: str
    state: State
    act: Act | None


@dataclass(frozen=True, slots=True)
class Tour:
    """The story being told, and those that are over."""

    ref: str
    steps: list[Step]
    told: list[str]
    is_over: bool


def tour(personas: Collection[str], at: datetime) -> Tour | None:
    """The tour as it stands; None where its story or one of its people is not there."""
    found = stories(at)
    if not found or not set(personas) >= NEEDED:
        return None
    last = found[-1]
    return Tour(
        ref=last.ref,
        steps=steps(last),
        told=[one.ref for one in found[:-1]],
        is_over=last.is_over,
    )


NEEDED = frozenset({"caseworker", "director", "tuition-manager", "mentor", "finance"})


def steps(story: Story) -> list[Step]:
    """What was done can be seen again; one step is next; the others come later."""
    chapters = (
        (story.is_taken_on, "See a child waiting", _waiting),
        (bool(story.award), "Match", _match),
        (story.is_awarded, "Award", _award),
        (story.is_marked, "The session happens", _session),
        (story.is_told, "It shows in the money", _money),
    )
    made: list[Step] = []
    for is_done, title, tell in chapters:
        before = all(one.state is State.DONE for one in made)
        state = State.LATER if not before else State.DONE if is_done else State.NOW
        says, act = tell(story)
        made.append(Step(title, says, state, None if state is State.LATER else act))
    return made


def _page(name: str, **captured: str) -> str:
    return reverse(name, kwargs=captured)


Told = tuple[str, Act | None]


def _waiting(story: Story) -> Told:
    address = _page("referral-page", ref=story.ref)
    if story.is_taken_on:
        return (
            "A child was out of school. A caseworker took the referral on.",
            Act("See the referral again, as the caseworker", "caseworker", address),
        )
    return (
        "A school has asked for a child who is not able to attend. Read it, and take it on.",
        Act("Open the referral, as the caseworker", "caseworker", address),
    )


def _match(story: Story) -> Told:
    address = _page("referral-match", ref=story.ref)
    if story.award:
        return (
            "Every service was ranked, or left out with its reasons. The first was proposed.",
            Act("See what fits again, as the caseworker", "caseworker", address),
        )
    return (
        "Every service is ranked, or left out with its reasons. Propose the one ranked first.",
        Act("See what fits, as the caseworker", "caseworker", address),
    )


def _award(story: Story) -> Told:
    says = "The Director has it on one page: the cost, the rule that allows it, the evidence."
    if not story.award:
        return says, None
    if story.is_awarded:
        address = _page("award-page", ref=story.award)
        return says, Act("See the award again, as the Director", "director", address)
    address = _page("award-decision", ref=story.award)
    return says, Act("Approve the award, as the Director", "director", address)


def _session(story: Story) -> Told:
    says = "The mentor marks the morning on a phone, in three questions."
    if not story.placement:
        return says, None
    address = _page("provider-placement", ref=story.placement)
    if story.is_marked:
        return says, Act("See the sessions again, as the mentor", "mentor", address)
    if not (story.has_begun and story.has_worker):
        return (
            "The provider begins the placement, and names the mentor who works with the child.",
            Act("Begin the placement, as the provider's manager", "tuition-manager", address),
        )
    if story.session:
        session = _page("session-mark", ref=story.placement, session=story.session)
        return says, Act("Mark the session, as the mentor", "mentor", session)
    extra = _page("placement-extra", ref=story.placement)
    return (
        "No session is agreed for today. Go forward to a school day below, or mark an extra one.",
        Act("Mark an extra session, as the mentor", "mentor", extra),
    )


def _money(story: Story) -> Told:
    overview = Act("See the spending move, as the Director", "director", reverse("overview"))
    if story.claimed is ClaimStatus.PAID:
        return "The claim carried the session, and it is paid.", overview
    if story.month_is_sent:
        return "This month's claim was sent before: the session comes in the next one.", overview
    if not story.claim or story.claimed in DRAFTS:
        return (
            "The provider makes the month's claim from what was marked, checks it and sends it.",
            Act("Make the claim, as the provider's manager", "tuition-manager", _claims(story)),
        )
    return (
        "Finance approves the claim, the exceptions first, and records the payment.",
        Act(
            "Pay the claim, as the finance officer", "finance", _page("claim-page", ref=story.claim)
        ),
    )


def _claims(story: Story) -> str:
    if story.claim:
        return _page("provider-claim", ref=story.claim)
    return reverse("provider-claims")
