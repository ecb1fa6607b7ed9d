"""Reads of question sets, applications, and what was sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework.enums import Unit
from flsf.mandate.framework.rules import LotFacts
from flsf.market.applications import rules
from flsf.market.applications.enums import About, Kind, Result, Status
from flsf.market.applications.models import (
    Answer,
    Application,
    ApplicationStatus,
    Beginning,
    QuestionSet,
    Submission,
)
from flsf.market.applications.queries.accepted import accepted_submissions, lots_joined
from flsf.market.applications.rules import Said, Sheet, WantedLot
from flsf.market.checks.enums import Group, Theme
from flsf.market.providers import queries as providers
from flsf.market.providers.rules import company_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """One answer as it was sent: the question's own words with it."""

    code: str
    section: str
    asks: str
    kind: Kind
    theme: Theme
    group: Group
    about: About
    check: str
    expires_after: int | None
    value: Any  # as rules.typed reads it: text, whole number, ISO day, or a list
    words: str
    result: Result
    trouble: str
    mitigation: str
    documents: tuple[str, ...]  # references of files handed in


@dataclass(frozen=True, slots=True, kw_only=True)
class Full:
    """An application as it was last sent."""

    application_id: int
    ref: str
    organisation_id: int
    organisation_name: str
    provider_id: int | None
    framework_id: int
    number: int
    submission_id: int
    question_set_id: int
    version: int
    lots: tuple[tuple[int, str, str], ...]  # (id, code, name)
    sections: tuple[tuple[str, str], ...]  # (code, title), in order
    # The round it was sent in and the published criteria that judge it, if there were any.
    round_id: int | None
    round_number: int | None
    criteria_version: int | None
    criteria: tuple[str, ...]
    answers: tuple[Frozen, ...]
    submitted_at: datetime
    acknowledge_by: date
    decide_by: date
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An application as a list shows it."""

    application_id: int
    ref: str
    organisation_id: int
    organisation_name: str
    provider_id: int | None
    framework_id: int
    status: Status
    since: date
    begun_at: datetime
    touched_at: datetime
    submitted_at: datetime | None
    acknowledge_by: date | None
    decide_by: date | None


@dataclass(frozen=True, slots=True)
class Working:
    """An application with everything asked of it now."""

    application: Application
    status: Status
    question_set: QuestionSet
    lots: tuple[WantedLot, ...]
    sheet: Sheet

    @property
    def has_newer_questions(self) -> bool:
        """Whether the questions changed since it was begun."""
        return self.application.begun_with_id != self.question_set.pk


# --- Question sets ---


def question_sets(framework_id: int, *, person: Person) -> QuerySet[QuestionSet]:
    """Every version this person may read, the latest first."""
    return (
        QuestionSet.objects.visible_to(person)
        .filter(framework=framework_id)
        .select_related("published_by", "framework")
        .order_by("-version")
    )


def question_set(framework_id: int, version: int, *, person: Person) -> QuestionSet | None:
    """That version, if there is one and this person may read it."""
    return question_sets(framework_id, person=person).filter(version=version).first()


def questions_in_force(framework_id: int, *, on: date) -> QuestionSet | None:
    """What is asked of whoever sends an application that day; None: nothing is published yet."""
    return (
        QuestionSet.objects.filter(framework=framework_id, in_force_from__lte=on)
        .order_by("-in_force_from", "-version")
        .first()
    )


# --- Applications ---


def with_ref(ref: str, *, person: Person) -> Application | None:
    """The application, if there is one and this person may see it."""
    return (
        Application.objects.visible_to(person)
        .select_related("organisation", "framework")
        .filter(ref=ref.strip().upper())
        .first()
    )


def own(*, person: Person) -> dict[int, Application]:
    """The applications of the person's own organisation, one a framework, by framework."""
    found = Application.objects.filter(organisation__in=person.reach.organisation_ids)
    return {
        one.framework_id: one
        for one in found.select_related("organisation", "framework").order_by("-pk")
    }


def asking(framework_ids: Collection[int], *, on: date) -> frozenset[int]:
    """Those of the frameworks that ask anything of whoever would apply that day. One question."""
    found = QuestionSet.objects.filter(
        framework__in=framework_ids, published_at__isnull=False, in_force_from__lte=on
    )
    return frozenset(found.values_list("framework", flat=True))


def status_on(day: date, *, application_id: int) -> Status | None:
    """How the application stands on a day; None before it was begun."""
    change = ApplicationStatus.objects.in_force_on(day).filter(application=application_id).first()
    return Status(change.status) if change else None


def statuses_on(day: date, *, application_ids: Collection[int]) -> dict[int, Status]:
    """As status_on, by application, in one query."""
    rows = ApplicationStatus.objects.in_force_on(day).filter(application__in=application_ids)
    return {pk: Status(status) for pk, status in rows.values_list("application", "status")}


def changes(application_id: int, *, person: Person) -> QuerySet[ApplicationStatus]:
    """How its status changed, the latest first."""
    return (
        ApplicationStatus.objects.visible_to(person)
        .filter(application=application_id)
        .select_related("changed_by")
        .order_by("-takes_effect_on", "-pk")
    )


def listed(
    *, person: Person, on: date, statuses: Collection[Status] = (), framework_id: int | None = None
) -> list[Listed]:
    """The applications this person may see, the longest with us first, each as it stands.

    Those not sent come last. Two questions, however many.
    """
    in_force = (
        ApplicationStatus.objects.visible_to(person)
        .in_force_on(on)
        .select_related("application__organisation")
    )
    if statuses:
        in_force = in_force.filter(status__in=statuses)
    if framework_id is not None:
        in_force = in_force.filter(application__framework=framework_id)
    latest = Submission.objects.filter(application=OuterRef("application")).order_by("-number")
    rows = in_force.annotate(
        submitted_at=Subquery(latest.values("submitted_at")[:1]),
        acknowledge_by=Subquery(latest.values("acknowledge_by")[:1]),
        decide_by=Subquery(latest.values("decide_by")[:1]),
    ).order_by(F("submitted_at").asc(nulls_last=True), "application_id")
    return [_listed(one) for one in rows]


def _listed(one: Any) -> Listed:
    application = one.application
    return Listed(
        application_id=application.pk,
        ref=application.ref,
        organisation_id=application.organisation_id,
        organisation_name=application.organisation.name,
        provider_id=application.provider_id,
        framework_id=application.framework_id,
        status=Status(one.status),
        since=one.takes_effect_on,
        begun_at=application.begun_at,
        touched_at=application.touched_at,
        submitted_at=one.submitted_at,
        acknowledge_by=one.acknowledge_by,
        decide_by=one.decide_by,
    )


def submitted(*, person: Person, on: date) -> list[Listed]:
    """The applications that are with us and not decided, the oldest first."""
    return listed(person=person, on=on, statuses=sorted(rules.WITH_US))


def in_full(application_id: int, *, person: Person, on: date) -> Full | None:
    """The application as last sent, its answers frozen; None if it never was, or is not theirs."""
    return in_full_many([application_id], person=person, on=on).get(application_id)


def in_full_many(application_ids: Collection[int], *, person: Person, on: date) -> dict[int, Full]:
    """As in_full, by application; two queries however many."""
    found = (
        Submission.objects.filter(
            application__in=Application.objects.visible_to(person).filter(pk__in=application_ids)
        )
        .select_related("application__organisation", "question_set")
        .order_by("application", "-number")
        .distinct("application")
    )
    statuses = statuses_on(on, application_ids=application_ids)
    return {
        one.application_id: _full(one, statuses.get(one.application_id, Status.SUBMITTED))
        for one in found
    }


def _full(found: Submission, status: Status) -> Full:
    application, content = found.application, found.content
    return Full(
        application_id=application.pk,
        ref=application.ref,
        organisation_id=application.organisation_id,
        organisation_name=application.organisation.name,
        provider_id=application.provider_id,
        framework_id=application.framework_id,
        number=found.number,
        submission_id=found.pk,
        question_set_id=found.question_set_id,
        version=found.question_set.version,
        lots=tuple((pk, code, name) for pk, code, name in content["lots"]),
        sections=tuple((code, title) for code, title in content["sections"]),
        round_id=(content["round"] or {}).get("id"),
        round_number=(content["round"] or {}).get("number"),
        criteria_version=(content["criteria"] or {}).get("version"),
        criteria=tuple((content["criteria"] or {}).get("lines", ())),
        answers=tuple(_frozen(one) for one in content["answers"]),
        submitted_at=found.submitted_at,
        acknowledge_by=found.acknowledge_by,
        decide_by=found.decide_by,
        status=status,
    )


def _frozen(one: Mapping[str, Any]) -> Frozen:
    return Frozen(
        **dict(one)
        | {
            "kind": Kind(one["kind"]),
            "theme": Theme(one["theme"]),
            "group": Group(one["group"]),
            "about": About(one["about"]),
            "result": Result(one["result"]),
            "documents": tuple(one["documents"]),
        }
    )


def applicants(*, on: date) -> list[tuple[int, str, str]]:
    """Whoever has sent an application that is not decided: organisation, name, company number."""
    with_us = ApplicationStatus.objects.in_force_on(on).filter(status__in=rules.WITH_US)
    latest = (
        Submission.objects.filter(application__in=with_us.values("application"))
        .select_related("application__organisation")
        .order_by("application", "-number")
        .distinct("application")
    )
    found = []
    for one in latest:
        said = {answer["code"]: answer["value"] for answer in one.content["answers"]}
        organisation = one.application.organisation
        facts = rules.provider_facts(said, name=organisation.name)
        found.append((organisation.pk, facts.name, company_number(facts.company_number)))
        found.append((organisation.pk, organisation.name, ""))
    return found


# --- Who would begin ---


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def beginning(secret: str, *, at: datetime) -> tuple[rules.Asked | None, bool]:
    """What was said with a link, and whether it still begins an application.

    None: nobody of ours made it, or it is long gone.
    """
    found = Beginning.objects.filter(secret_hash=hash_of(secret)).first()
    if found is None or not rules.is_kept(found.asked_at, at=at):
        return None, False
    asked = rules.Asked(**found.told | {"lots": tuple(found.told["lots"])})
    return asked, rules.is_good(found.asked_at, at=at)


def parts_sent(submission_id: int) -> dict[str, str]:
    """What was asked and answered in each section of a submission: the same for the same.

    The published criteria that judged it count, since a part is judged by them.
    """
    content = Submission.objects.values_list("content", flat=True).get(pk=submission_id)
    told = ("code", "asks", "kind", "value", "words", "result", "mitigation", "documents")
    criteria = (content["criteria"] or {}).get("lines", [])
    return {
        code: rules.fingerprint(
            [
                criteria,
                *(
                    [one[name] for name in told]
                    for one in content["answers"]
                    if one["section"] == code
                ),
            ]
        )
        for code, _ in content["sections"]
    }


# --- What an applicant works on ---


def answers_of(application_id: int) -> dict[str, Said]:
    """What was typed so far, by question."""
    found = Answer.objects.filter(application=application_id).select_related("told_before")
    return {one.code: said_of(one) for one in found}


def said_of(one: Answer) -> Said:
    """One answer as the rules read it; the submission it was filled in from comes with it."""
    told = one.told_before
    return Said(tuple(one.typed), one.mitigation, london_day(told.submitted_at) if told else None)


def wanted_lots(application: Application) -> tuple[WantedLot, ...]:
    """The lots applied for, by name."""
    return tuple(
        WantedLot(one.lot.code, one.lot.name, Unit(one.lot.unit).label)
        for one in application.lots.select_related("lot").order_by("lot__name", "lot")
    )


def working(application: Application, *, on: date) -> Working | None:
    """What is asked of the application that day, and how each answer stands.

    None if nothing has been published to ask.
    """
    questions = questions_in_force(application.framework_id, on=on)
    if questions is None:
        return None
    lots = wanted_lots(application)
    sheet = rules.judge(questions.questions, answers_of(application.pk), lots=lots, on=on)
    status = status_on(on, application_id=application.pk) or Status.IN_PROGRESS
    return Working(application, status, questions, lots, sheet)


def may_be_applied_for(framework_id: int, *, on: date) -> list[LotFacts]:
    """The lots that are open to applications that day, by name."""
    running = framework.running_lot_ids(on)
    return [
        one
        for one in framework.lot_facts().values()
        if one.framework_id == framework_id and one.lot_id in running
    ]


def may_be_added(application: Application, *, on: date) -> list[LotFacts]:
    """The lots that it may apply for on a day: those open, but for what it has joined."""
    joined = lots_joined(application.pk, on=on)
    open_now = may_be_applied_for(application.framework_id, on=on)
    return [one for one in open_now if one.lot_id not in joined]


def known_of(organisation_id: int, person: Person) -> Mapping[str, str]:
    """What the register knows already of an organisation's provider, by the facts' names."""
    provider = providers.of_organisation(organisation_id, person=person)
    if provider is None:
        return {}
    known = ("name", "kind", "company_number", "charity_number", "phone", "safeguarding_lead")
    return {key: str(getattr(provider, key)) for key in known if getattr(provider, key)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a provider said of one lot when it applied. The price is a unit's, without VAT."""

    lot_id: int
    lot_name: str
    price_pence: int | None
    what_it_is: str
    what_to_expect: str


def offered(provider_id: int, *, on: date) -> dict[int, Offered]:
    """By lot, what the provider offered in applications that were accepted. The latest counts."""
    return {lot_id: one for (_, lot_id), one in offered_by([provider_id], on=on).items()}


def offered_by(provider_ids: Collection[int], *, on: date) -> dict[tuple[int, int], Offered]:
    """The same of many providers, by (provider id, lot id). One query."""
    found = accepted_submissions(on=on).filter(application__provider__in=provider_ids)
    return {
        (one.application.provider_id or 0, lot_id): _offered(one, lot_id, code, name)
        for one in found.select_related("application").order_by("submitted_at", "pk")
        for lot_id, code, name in one.content["lots"]
    }


def _offered(sent: Submission, lot_id: int, code: str, name: str) -> Offered:
    said = {one["code"]: one["value"] for one in sent.content["answers"]}
    return Offered(
        lot_id=lot_id,
        lot_name=name,
        price_pence=rules.price_in(said, code),
        what_it_is=rules.what_it_is(said),
        what_to_expect=rules.what_to_expect(said),
    )


def last_version(framework_id: int) -> int:
    """The number of the latest version, draft or not; 0 if there is none."""
    found = QuestionSet.objects.filter(framework=framework_id).aggregate(last=Max("version"))
    return int(found["last"] or 0)
