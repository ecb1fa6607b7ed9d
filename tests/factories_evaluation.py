"""Applications under evaluation, made through actions, as far along as a test needs."""

from dataclasses import dataclass
from datetime import date, timedelta

from flsf.core.people import SYSTEM
from flsf.mandate.framework.models import Framework
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds import queries as find_rounds
from flsf.market.applications.models import Application
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.enums import Outcome, Verdict
from flsf.market.evaluation.models import Evaluation
from flsf.market.evaluation.rules import Judgement
from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.models import User
from tests.factories import NOW, TODAY, council_member, made_framework
from tests.factories_applications import applicant, mentoring, questions, sent

LAST_DAY = TODAY + timedelta(days=13)
AFTER = NOW + timedelta(days=14)


@dataclass
class Scene:
    """A framework with an open round, two evaluators and a Director."""

    framework: Framework
    first: User
    second: User
    director: User

    def round(self, on: date = TODAY):
        return find_rounds.with_number(self.framework.pk, 1, on=on)


def scene() -> Scene:
    inside = made_framework()
    questions(inside)
    mentoring(inside)
    rounds.open_round(
        framework_id=inside.pk,
        opens_on=TODAY,
        closes_on=LAST_DAY,
        decide_by=LAST_DAY + timedelta(days=28),
        by=SYSTEM,
        at=NOW,
    )
    return Scene(
        inside,
        council_member(Role.COMMISSIONER),
        council_member(Role.QUALITY),
        council_member(Role.DIRECTOR),
    )


def opened(at: Scene, person=None, *, when=NOW) -> Evaluation:
    """Somebody's application is sent and being evaluated; nobody is named yet."""
    person = person or applicant()
    submission = sent(person, at.framework, at=when)
    return actions.open_evaluation(application_id=submission.application_id, by=at.first, at=when)


def marking(at: Scene, person=None, *, when=NOW) -> Evaluation:
    """Both are named and have no interest."""
    made = opened(at, person, when=when)
    for one in (at.first, at.second):
        actions.assign(evaluation_id=made.pk, person_id=one.pk, by=at.first, at=when)
        actions.declare(evaluation_id=made.pk, has_interest=False, by=one, at=when)
    return made


def mark_all(made: Evaluation, by: User, *, score: int = 4, but: dict[str, int] | None = None):
    """Every part is marked, met or with that score, with a reason, and the marks are final."""
    for one in queries.criteria(made):
        wanted = (but or {}).get(one.code, score)
        given = {"score": wanted} if one.is_scored else {"verdict": Verdict.MEETS}
        actions.mark(
            evaluation_id=made.pk, criterion=one.code, reason="As written.", by=by, at=NOW, **given
        )
    actions.finish(evaluation_id=made.pk, by=by, at=NOW)


def judgements(made: Evaluation, score: int = 4, but: dict[str, int] | None = None):
    return {
        one.code: Judgement(
            Verdict.MEETS,
            (but or {}).get(one.code, score) if one.is_scored else None,
            "What you wrote shows it.",
        )
        for one in queries.criteria(made)
    }


def agreed(at: Scene, person=None, *, but: dict[str, int] | None = None) -> Evaluation:
    """Both marked it alike and agreed."""
    made = marking(at, person)
    for one in (at.first, at.second):
        mark_all(made, one, but=but)
    actions.agree(
        evaluation_id=made.pk, judgements=judgements(made, but=but), notes={}, by=at.first, at=NOW
    )
    return made


def reported(
    at: Scene, person=None, *, but=None, outcome=Outcome.ACCEPT, most_children=None
) -> Evaluation:
    made = agreed(at, person, but=but)
    actions.report(
        most_children=most_children,
        evaluation_id=made.pk,
        outcome=outcome,
        words="As agreed.",
        by=at.second,
        at=NOW,
    )
    return made


def free_to_decide(made: Evaluation, by: User, *, when=NOW) -> None:
    """Whoever decides said that they have no interest."""
    actions.declare_to_decide(evaluation_id=made.pk, has_interest=False, by=by, at=when)


def decided(
    at: Scene, person=None, *, but=None, outcome=Outcome.ACCEPT, most_children=None
) -> Evaluation:
    made = reported(at, person, but=but, outcome=outcome, most_children=most_children)
    free_to_decide(made, at.director)
    actions.decide(
        most_children=most_children,
        evaluation_id=made.pk,
        outcome=outcome,
        reason="As reported.",
        by=at.director,
        at=NOW,
    )
    return made


def finish(at: Scene, made: Evaluation, *, on) -> None:
    """It is marked, agreed, reported and decided at that moment."""
    for one in (at.first, at.second):
        mark_all(made, one)
    actions.agree(evaluation_id=made.pk, judgements=judgements(made), notes={}, by=at.first, at=on)
    said = {"evaluation_id": made.pk, "outcome": Outcome.ACCEPT, "most_children": None, "at": on}
    actions.report(**said, words="As agreed.", by=at.second)
    free_to_decide(made, at.director, when=on)
    actions.decide(**said, reason="As reported.", by=at.director)


def application_of(made: Evaluation) -> Application:
    return made.application
