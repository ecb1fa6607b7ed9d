"""A referral as it is handed over."""

from dataclasses import dataclass
from datetime import date

from flsf.casework.children.enums import Care, SenStage
from flsf.casework.children.rules import ContactFacts
from flsf.casework.referrals.enums import Ground, LegalBasis, Purpose, Route, Urgency
from flsf.market.providers.enums import Mode
from flsf.shared.accounts.enums import Team

USUAL_MINUTES = 150  # half of a school day of five hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks for, in their own words, and what they would like.

    `sent_once_key` is the same however often the same form is sent. Team and legal basis
    may be left for the stage to set; an officer confirms them when reading the referral.
    """

    route: Route
    ground: Ground
    first_aware_on: date
    what_happens: str
    sent_once_key: str
    organisation_id: int | None = None  # the school that sends it
    purpose: Purpose = Purpose.STATUTORY
    legal_basis: LegalBasis | None = None
    team: Team | None = None
    urgency: Urgency = Urgency.PLANNED
    urgency_reason: str = ""
    what_was_tried: str = ""
    what_helps: str = ""
    outcomes_wanted: str = ""
    child_view: str = ""
    parent_view: str = ""
    no_view_reason: str = ""
    parent_agrees: bool | None = None
    may_talk_to_school: bool | None = None
    lot_id: int | None = None
    modes: frozenset[Mode] = frozenset()
    half_days_mask: int = 0
    minutes_a_half_day: int = USUAL_MINUTES
    start_wanted_on: date | None = None
    most_metres: int | None = None

    def in_words(self) -> str:
        """What it says, as a note beside the referral it joins."""
        said = (
            ("What is happening", self.what_happens),
            ("Why it is urgent", self.urgency_reason),
            ("What was tried", self.what_was_tried),
            ("What helps", self.what_helps),
            ("What they would like", self.outcomes_wanted),
            ("The child or young person says", self.child_view),
            ("The parent says", self.parent_view),
        )
        return "\n\n".join(f"{label}: {words}" for label, words in said if words)


def is_more_urgent(urgency: Urgency, *, than: Urgency) -> bool:
    """Whether one urgency comes before another."""
    order = list(Urgency)
    return order.index(urgency) > order.index(than)


def in_words(note: str, contact: ContactFacts | None, *, is_known: bool) -> str:
    """What whoever reads a request first must know besides the request.

    Details of somebody who asks for a child we know are not trusted to its record: they may
    not be whom they say.
    """
    said = [note] if note else []
    if is_known and contact is not None:
        safe = [word for word, is_safe in _ways(contact) if is_safe]
        said.append(
            f"Sent by {contact.name}, {contact.relation.label.lower()}, by their own word. "
            f"Phone: {contact.phone or 'none given'}. Email: {contact.email or 'none given'}. "
            f"Safe for them: {', '.join(safe) or 'they did not say'}. "
            "Check who they are before you tell them anything or add them as a contact."
        )
    elif is_known:
        said.append("We knew this child already. Nothing in the record was changed.")
    return "\n\n".join(said)


def _ways(contact: ContactFacts) -> tuple[tuple[str, bool], ...]:
    return (
        ("phone", contact.may_phone),
        ("text", contact.may_text),
        ("email", contact.may_email),
        ("voice message", contact.may_leave_message),
    )


def team_for(ground: Ground, care: Care, sen_stage: SenStage) -> Team:
    """Who reads it first: the three teams that buy (cabinet report, paragraph 7)."""
    if care is not Care.NONE:
        return Team.VIRTUAL_SCHOOL
    if ground is Ground.SEND or sen_stage is SenStage.EHCP:
        return Team.SEND
    return Team.AP


def legal_basis_for(purpose: Purpose, route: Route, sen_stage: SenStage) -> LegalBasis:
    """The authority that stands until an officer has read it (rule E1)."""
    if purpose is Purpose.EARLY:
        return LegalBasis.EARLY_HELP
    if sen_stage is SenStage.EHCP:
        return LegalBasis.S42
    if purpose is Purpose.REINTEGRATION and route is Route.SCHOOL:
        return LegalBasis.OFF_SITE
    return LegalBasis.S19
