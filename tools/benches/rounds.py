"""A round of 500 told at one moment: all at once, beside the same rows merely written.

Everything is made inside a transaction that is rolled back. The usual way does for one applicant
after the other what is to be done; both must leave the same behind.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from flsf.core import clock
from flsf.core.dates import last_day_of_months
from flsf.core.people import SYSTEM, Person
from flsf.core.refs import fresh_refs
from flsf.flows.release_round import STATUS, TEMPLATE, release_round
from flsf.mandate.framework import actions as framework
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.framework.rules import DEFAULT_LOTS
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds import queries as find_rounds
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.models import Admission, Condition, StatusChange
from flsf.market.agreements import actions as agreements
from flsf.market.agreements.models import Agreement
from flsf.market.applications import actions as applications
from flsf.market.applications.enums import About, Kind, Result, Status
from flsf.market.applications.models import Application, ApplicationStatus, Submission
from flsf.market.applications.rules.limits import BY_START
from flsf.market.checks import actions as checks
from flsf.market.checks.enums import Group, Theme
from flsf.market.checks.models import Evidence
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation import queries as evaluations
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.models import Decision, Evaluation
from flsf.market.evaluation.queries import Decided
from flsf.market.providers import actions as providers
from flsf.market.providers.models import Provider
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts import queries as find_accounts
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.accounts.models import Membership, Organisation, User
from flsf.shared.audit.models import AuditEntry
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel
from flsf.shared.notify.models import Message
from tools.bench import Row

APPLICATIONS = 500
MOST_SECONDS = 60.0
WRITTEN: tuple[Any, ...] = (
    *(ApplicationStatus, Provider, Membership, Admission, StatusChange, Agreement, Message),
    *(Condition, Evidence, AuditEntry),
)
MOST_CHILDREN = 5
INSURANCE, POLICY = "public-liability", "safeguarding-policy"


def rows() -> list[Row]:
    """A row for telling the round."""
    with transaction.atomic():
        director, told_at = _made()
        one = _round(told_at.date())
        ours_left = _left(lambda: release_round(round_of=one, by=director, at=told_at))
        usual_left = _left(lambda: _usual(one, director, told_at))
        ours = median(
            _taken(lambda: release_round(round_of=one, by=director, at=told_at)) for _ in range(3)
        )
        usual = _taken(lambda: _usual(one, director, told_at))
        with Undone():
            release_round(round_of=one, by=director, at=told_at)
            limit = median(_taken(_bare) for _ in range(3))
        transaction.set_rollback(True)
    return [
        Row(
            name="Round: everybody told, the accepted in the pool",
            size=APPLICATIONS,
            ours_s=ours,
            limit_s=limit,
            usual_s=usual,
            goal="500 applicants within 60 seconds",
            met=ours <= MOST_SECONDS,
            answers_equal=ours_left == usual_left,
        )
    ]


class Undone(transaction.Atomic):
    """Within the block things are so; after it they are as before."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *raised: Any) -> None:
        transaction.set_rollback(True)
        super().__exit__(*raised)


def _taken(run: Callable[[], object]) -> float:
    with Undone():
        begun = perf_counter()
        run()
        return perf_counter() - begun


def _left(run: Callable[[], object]) -> list[Counter[Any]]:
    """What is there once it ran, without the numbers of rows and references drawn by lot."""
    with Undone():
        run()
        return [
            Counter(Application.objects.values_list("ref", "provider__name")),
            Counter(ApplicationStatus.objects.values_list("application__ref", "status")),
            Counter(Provider.objects.values_list("organisation", "name", "kind", "phone")),
            Counter(Membership.objects.values_list("user", "organisation", "role")),
            Counter(
                StatusChange.objects.values_list(
                    "admission__provider__name", "admission__lot", "status", "takes_effect_on"
                )
            ),
            Counter(
                Agreement.objects.values_list(
                    "admission__provider__name", "admission__lot", "version", "model"
                )
            ),
            Counter(Condition.objects.values_list("provider__name", "most_children", "reason")),
            Counter(
                Evidence.objects.values_list(
                    "provider__name", "requirement__code", "number", "holds_from", "expires_on"
                )
            ),
            Counter(Message.objects.values_list("recipient", "template")),
            Counter(Decision.objects.values_list("evaluation__application__ref", "released_at")),
        ]


def _bare() -> None:
    """As many rows as are written, written once more with nothing asked or checked."""
    with connection.cursor() as cursor:
        for number, model in enumerate(WRITTEN):
            every_row, _ = model.objects.all().query.sql_with_params()
            made = sql.SQL("CREATE TEMPORARY TABLE {} AS ").format(sql.Identifier(f"bare_{number}"))
            cursor.execute(made + sql.SQL(every_row))


def _usual(one: RoundFacts, by: Person, at: datetime) -> None:
    """The way it is often written: each applicant in turn."""
    evaluation.release(round_of=one, by=by, at=at)
    model = frameworks.model_on(one.framework_id, on=at.date())
    for each in evaluations.decided_in(one.round_id, person=by, on=at.date()):
        status = STATUS[each.outcome]
        applications.move(
            application_id=each.application_id, status=status, because=each.reason, by=by, at=at
        )
        if status is Status.ACCEPTED:
            made = _joined(each, by=by, at=at)
            agreements.issue_many(
                admission_ids=made, model=model, in_force_from=at.date(), by=by, at=at
            )
        for person in find_accounts.members_at(each.organisation_id):
            notify.queue(
                template=TEMPLATE[status],
                recipient_id=person.pk,
                address=person.email,
                channel=Channel.EMAIL,
                details={"reference": each.application_ref},
                by=by,
                at=at,
            )
    rounds.record_summaries_sent(round_id=one.round_id, by=by, at=at)


def _joined(each: Decided, *, by: Person, at: datetime) -> list[int]:
    facts, place = each.provider_facts, each.organisation_id
    provider = providers.register(
        name=facts.name, kind=facts.kind, organisation_id=place, facts=facts, by=by, at=at
    )
    for person in find_accounts.members_at(place, role=Role.APPLICANT):
        accounts.add_member(
            user_id=person.pk, organisation_id=place, role=Role.PROVIDER_MANAGER, by=by, at=at
        )
    applications.link_provider(
        application_id=each.application_id, provider_id=provider.pk, by=by, at=at
    )
    made = [
        admissions.admit_at_once(
            provider_id=provider.pk,
            lot_id=lot_id,
            takes_effect_on=at.date(),
            reason=each.reason,
            by=by,
            at=at,
        ).pk
        for lot_id, _, _ in each.lots
    ]
    if each.most_children is not None:
        admissions.limit(
            admission_ids=made, most_children=each.most_children, reason=each.reason, by=by, at=at
        )
    _shown(each, provider.pk, by=by, at=at)
    return made


def _shown(each: Decided, provider_id: int, *, by: Person, at: datetime) -> None:
    """What this one sent is evidence: its insurance to its day, its policy for a year."""
    [sent] = Submission.objects.filter(application__ref=each.application_ref)
    said = {one["check"]: one["value"] for one in sent.content["answers"] if one["check"]}
    lasts = {POLICY: last_day_of_months(at.date(), 12)}
    if said[INSURANCE] != BY_START:
        lasts[INSURANCE] = date.fromisoformat(said[INSURANCE])
    for code, last in lasts.items():
        checks.see_evidence(
            provider_id=provider_id,
            code=code,
            number=f"Application {each.application_ref}",
            holds_from=at.date(),
            expires_on=last,
            by=by,
            at=at,
        )


# --- The round: 500 applications to two lots each, every fifth not accepted yet ---


def _round(on: date) -> RoundFacts:
    [inside] = frameworks.running(on)
    found = find_rounds.with_number(inside.pk, 1, on=on)
    if found is None:
        raise LookupError
    return found


def _made() -> tuple[User, datetime]:
    now = clock.now()
    today = clock.london_day(now)
    inside = framework.establish(
        name="Bench",
        starts_on=today - timedelta(days=30),
        initial_years=3,
        extension_years_allowed=5,
        by=SYSTEM,
        at=now,
    )
    lots = framework.open_lots(framework_id=inside.pk, lots=DEFAULT_LOTS, by=SYSTEM, at=now)
    checks.require_many(needed_from=today, by=SYSTEM, at=now)
    drafted = applications.draft(framework_id=inside.pk, by=SYSTEM, at=now)
    applications.publish(
        set_id=drafted.pk, because="The first.", in_force_from=today, by=SYSTEM, at=now
    )
    opened = rounds.open_round(
        framework_id=inside.pk, opens_on=today, closes_on=today, by=SYSTEM, at=now
    )
    council = accounts.add_organisation(
        name="Bench", kind=OrganisationKind.COUNCIL, by=SYSTEM, at=now
    )
    director = accounts.open_account(
        email="bench@council.example", name="Bench", password=None, by=SYSTEM, at=now
    )
    accounts.add_member(
        user_id=director.pk, organisation_id=council.pk, role=Role.DIRECTOR, by=SYSTEM, at=now
    )
    wanted = [[one.pk, one.code, one.name] for one in lots[:2]]
    _decided(_sent(inside.pk, drafted.pk, wanted, now), opened.pk, director, now)
    return director, now + timedelta(days=14)


def _sent(framework_id: int, set_id: int, lots: list[Any], now: datetime) -> list[Submission]:
    places = Organisation.objects.bulk_create(
        Organisation(name=f"Provider {number}", kind=OrganisationKind.PROVIDER)
        for number in range(APPLICATIONS)
    )
    people = User.objects.bulk_create(
        User(ref=ref, email=f"bench{number}@provider.example", name=f"Person {number}")
        for number, ref in enumerate(fresh_refs("U", APPLICATIONS))
    )
    Membership.objects.bulk_create(
        Membership(user=person, organisation=place, role=Role.APPLICANT)
        for person, place in zip(people, places, strict=True)
    )
    made = Application.objects.bulk_create(
        Application(
            ref=ref,
            framework_id=framework_id,
            organisation=place,
            begun_with_id=set_id,
            begun_by=person,
            begun_at=now,
            touched_at=now,
        )
        for ref, person, place in zip(fresh_refs("J", APPLICATIONS), people, places, strict=True)
    )
    ApplicationStatus.objects.bulk_create(
        ApplicationStatus(
            application=one, status=status, takes_effect_on=clock.london_day(now), changed_at=now
        )
        for one in made
        for status in (Status.IN_PROGRESS, Status.SUBMITTED, Status.BEING_CHECKED)
    )
    return Submission.objects.bulk_create(
        Submission(
            application=one,
            number=1,
            question_set_id=set_id,
            content=_content(number, one.organisation.name, lots, clock.london_day(now)),
            sha256="0" * 64,
            submitted_at=now,
            acknowledge_by=clock.london_day(now),
            decide_by=clock.london_day(now),
        )
        for number, one in enumerate(made)
    )


def _content(number: int, name: str, lots: list[Any], today: date) -> dict[str, Any]:
    """Every tenth promises its insurance for the start; the others show it to a day of theirs."""
    promised = number % 10 == 0
    insured = {
        "kind": (Kind.CHOICE if promised else Kind.DATE).value,
        "check": INSURANCE,
        "result": Result.PASSED.value,
    }
    insured_to = BY_START if promised else (today + timedelta(days=100 + number)).isoformat()
    said = {"name": name, "kind": "voluntary", "area": "local", "phone": "01632 960 001"}
    words = {f"part-{number}": "We walk, cook and mend bicycles. " * 20 for number in range(20)}
    return {
        "lots": lots,
        "sections": [],
        "round": None,
        "criteria": None,
        "answers": [
            *(_answer(code, value) for code, value in (said | words).items()),
            _answer("insured", insured_to) | insured,
            _answer("policy", "yes") | {"check": POLICY, "result": Result.PASSED.value},
        ],
    }


def _answer(code: str, value: str) -> dict[str, Any]:
    return {
        "code": code,
        "section": "about",
        "asks": "What do you do?",
        "kind": next(iter(Kind)).value,
        "theme": next(iter(Theme)).value,
        "group": next(iter(Group)).value,
        "about": next(iter(About)).value,
        "check": "",
        "expires_after": None,
        "value": value,
        "words": value,
        "result": next(iter(Result)).value,
        "trouble": "",
        "mitigation": "",
        "documents": [],
    }


def _decided(sent: list[Submission], round_id: int, director: User, now: datetime) -> None:
    judged = Evaluation.objects.bulk_create(
        Evaluation(application=one.application, submission=one, criteria=[], opened_at=now)
        for one in sent
    )
    Decision.objects.bulk_create(
        Decision(
            evaluation=one,
            round_id=round_id,
            outcome=_outcome(number),
            most_children=MOST_CHILDREN if _outcome(number) is Outcome.ACCEPT_WITH_LIMIT else None,
            reason="As reported.",
            decided_by=director,
            decided_at=now,
        )
        for number, one in enumerate(judged)
    )


def _outcome(number: int) -> Outcome:
    """Every fifth is not accepted, and of the others every seventh with a limit."""
    if number % 5 == 0:
        return Outcome.DECLINE
    return Outcome.ACCEPT if number % 7 else Outcome.ACCEPT_WITH_LIMIT
