"""Naming opens an application once; asking stops its clock and tells the applicant."""

from datetime import datetime

from django.db import transaction

from flsf.core.dates import in_words
from flsf.core.people import Person
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation.queries import ClarificationRow
from flsf.shared.accounts import queries as accounts
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel

TEMPLATE, CLOSED = "application-question", "application-question-closed"


@transaction.atomic
def name_evaluator(*, application_id: int, person_id: int, by: Person, at: datetime) -> None:
    """The person is an evaluator, and the application is being checked; or neither.

    Raises what evaluation.open_evaluation and evaluation.assign raise.
    """
    made = evaluation.open_evaluation(application_id=application_id, by=by, at=at)
    evaluation.assign(evaluation_id=made.pk, person_id=person_id, by=by, at=at)


@transaction.atomic
def ask_applicant(*, evaluation_id: int, words: str, by: Person, at: datetime) -> None:
    """The question waits on the applicant's page, and its people are told that it does.

    Raises what evaluation.ask raises.
    """
    asked = evaluation.ask(evaluation_id=evaluation_id, words=words, by=by, at=at)
    _tell(asked, TEMPLATE, by=by, at=at)


@transaction.atomic
def go_on_without_answer(*, clarification_id: int, because: str, by: Person, at: datetime) -> None:
    """The evaluation goes on, and the applicant's people are told so.

    Raises what evaluation.close_question raises.
    """
    asked = evaluation.close_question(
        clarification_id=clarification_id, because=because, by=by, at=at
    )
    _tell(asked, CLOSED, by=by, at=at)


def _tell(asked: ClarificationRow, template: str, *, by: Person, at: datetime) -> None:
    application = asked.evaluation.application
    for person in accounts.members_at(application.organisation_id):
        notify.queue(
            template=template,
            recipient_id=person.pk,
            address=person.email,
            channel=Channel.EMAIL,
            details={"reference": application.ref, "day": in_words(asked.answer_by)},
            by=by,
            at=at,
        )
