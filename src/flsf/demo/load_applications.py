"""Makes applications in every state that one can be in."""

from datetime import datetime, timedelta
from zlib import crc32

from django.utils.text import slugify

from flsf.core.people import SYSTEM, Person
from flsf.demo.plan.applications import ANSWERS, APPLICATIONS, Applied
from flsf.demo.plan.days import Days, moment
from flsf.flows.send_application import send_application
from flsf.mandate.framework import queries as framework
from flsf.market.applications import actions, queries
from flsf.market.applications.enums import Status
from flsf.market.applications.rules import BETWEEN, RECEIPT
from flsf.market.providers import queries as providers
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts import queries as people
from flsf.shared.accounts.enums import OrganisationKind
from flsf.shared.documents import actions as documents
from flsf.shared.notify import actions as notify
from flsf.shared.notify import queries as outbox

# A page with nothing on it, as small as one can be.
A_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


A_SITTING = timedelta(minutes=25)


def publish_questions(days: Days, *, by: Person) -> None:
    """The default questions are asked from the framework's first day."""
    current = framework.current(days.today)
    if current is None:
        raise LookupError("framework")
    at = moment(days.framework_starts)
    made = actions.draft(framework_id=current.pk, by=by, at=at)
    actions.publish(
        set_id=made.pk,
        because="The first questions, agreed with parents, schools and providers.",
        in_force_from=days.framework_starts,
        by=by,
        at=at,
    )


def load(days: Days, *, applicant: Person, member: Person) -> int:
    """Everybody of the plan has applied, and `member`, who is in the pool, has begun to."""
    organisations = {one.name: one.pk for one in people.organisations(SYSTEM)}
    for plan in APPLICATIONS:
        at = moment(days.ago(plan.begun_days_ago))
        organisation_id = organisations.get(plan.name)
        if organisation_id is None:
            made = accounts.add_organisation(
                name=plan.name, kind=OrganisationKind.PROVIDER, by=SYSTEM, at=at
            )
            organisation_id = made.pk
        is_theirs = organisation_id in applicant.reach.organisation_ids
        apply_as(plan, organisation_id, days, by=applicant if is_theirs else SYSTEM)
    provider = providers.own(person=member)
    current = framework.current(days.today)
    if provider is not None and current is not None:
        actions.begin(
            organisation_id=provider.organisation_id,
            framework_id=current.pk,
            provider_id=provider.pk,
            by=member,
            at=moment(days.ago(6)),
        )
    return len(APPLICATIONS) + 1


def apply_as(plan: Applied, organisation_id: int, days: Days, *, by: Person) -> None:
    """The organisation has applied as planned."""
    at = moment(days.ago(plan.begun_days_ago))
    current = framework.current(days.today)
    if current is None:
        return
    made = actions.begin(
        organisation_id=organisation_id,
        framework_id=current.pk,
        known={"name": plan.name, "kind": plan.kind},
        by=by,
        at=at,
    )
    lots = list(plan.prices) or ["mentoring"]
    actions.choose_lots(application_id=made.pk, codes=lots, by=by, at=at)
    answers = dict(ANSWERS) | dict(plan.answers) | _company(plan)
    answers |= {f"price{BETWEEN}{lot}": price for lot, price in plan.prices.items()}
    typed = {code: [words] for code, words in answers.items() if code not in plan.left_out}
    if plan.has_paper:
        paper = documents.keep(
            name="Safeguarding policy.pdf", content=A_PAGE, owner_id=organisation_id, by=by, at=at
        )
        typed |= {"policy": ["have"], "policy-paper": [paper.ref]}
    explained = {"crimes": "A trustee was fined for fraud four years ago and left the same week."}
    actions.answer(
        application_id=made.pk,
        typed=typed,
        mitigations=explained if plan.answers.get("crimes") == "yes" else {},
        by=by,
        at=at + A_SITTING,
    )
    if plan.sent_days_ago is not None:
        _send(made.pk, plan, plan.sent_days_ago, days, by=by)


def _company(plan: Applied) -> dict[str, str]:
    """What only companies are asked."""
    if plan.kind != "company":
        return {}
    return {
        # Far above any that was given out, and to each its own.
        "company-number": f"{99_900_000 + crc32(plan.name.encode()) % 100_000}",
        "owners": "Two directors, each with half of the shares.",
        "must-audit": "no",
        "recruitment": "Two references, gaps asked about, and a trained person on every panel.",
        "quality-checks": "A head of quality sits in on each tutor once a term.",
        "qualified-teachers": "qts",
    }


def _send(application_id: int, plan: Applied, ago: int, days: Days, *, by: Person) -> None:
    at = moment(days.ago(ago))
    current = framework.current(days.today)
    questions = queries.questions_in_force(current.pk, on=days.ago(ago)) if current else None
    if questions is None:
        return
    send_application(
        application_id=application_id,
        version=questions.version,
        address=f"hello@{slugify(plan.name)}.example",
        by=by,
        at=at,
    )
    _receive(at, by=by)
    for number, (status, moved, because) in enumerate(plan.moves):
        then = moment(days.ago(moved)) + timedelta(minutes=number)
        if status is Status.WITHDRAWN:
            actions.withdraw(application_id=application_id, because=because, by=by, at=then)
        else:
            actions.move(
                application_id=application_id, status=status, because=because, by=by, at=then
            )


def _receive(at: datetime, *, by: Person) -> None:
    """The receipts of that moment left a minute later, as they do when a worker runs."""
    for message in outbox.waiting():
        if message.template == RECEIPT and message.queued_at == at:
            notify.mark_sent(message_id=message.pk, by=by, at=at + timedelta(minutes=1))
