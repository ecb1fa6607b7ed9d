"""One application as the person who looks may see it, and what they can do there."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from flsf.core import clock
from flsf.mandate.delegations import queries as delegations
from flsf.mandate.delegations.enums import Power
from flsf.mandate.delegations.queries import NotDelegated
from flsf.mandate.delegations.rules import Authority, Basis, Shown, basis_from_json
from flsf.market.applications import queries as applications
from flsf.market.applications.queries import Frozen
from flsf.market.evaluation import queries, rules
from flsf.market.evaluation.enums import Outcome, Stage
from flsf.market.evaluation.queries import Seen
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission
from flsf.shared.documents import queries as documents
from flsf.shared.documents.queries import File
from flsf.web.access import found, person_of
from flsf.web.components import words
from flsf.web.council.applications.queue import clock_words, stage_words

P = Permission


class Opened:
    """An application that was found, with its evaluation if somebody has opened one.

    `full` and `seen` are None to whoever declared an interest in the applicant, and until an
    evaluator has said: every page of it then leads to the file, which says no more than that it
    is there and where (rule P32).
    """

    def __init__(self, request: HttpRequest, ref: str) -> None:
        self.person, self.at = person_of(request), clock.now()
        self.on = clock.london_day(self.at)
        self.application = found(applications.with_ref(ref, person=self.person))
        self.ref = self.application.ref
        self._found: Seen | None = queries.seen(self.application.pk, person=self.person, on=self.on)
        full = (
            self._found.full
            if self._found
            else applications.in_full(self.application.pk, person=self.person, on=self.on)
        )
        self.is_sent = full is not None
        self.is_kept = queries.is_kept_from(self.application.organisation_id, person=self.person)
        self.seen = None if self.is_kept else self._found
        self.full = None if self.is_kept else full

    @property
    def evaluation(self) -> Any:
        return found(self._found).evaluation

    @property
    def mine(self) -> Any:
        return self._found.mine if self._found else None

    @property
    def has_yet_to_say(self) -> bool:
        """Whether this person was named to mark it and has not said if they have an interest."""
        return self.mine is not None and self.mine.has_interest is None

    @cached_property
    def has_interest(self) -> bool:
        """Whether this person has declared an interest in the applicant."""
        organisation_id = self.application.organisation_id
        return self.is_kept and queries.has_interest_in(organisation_id, person_id=self.person.pk)

    @cached_property
    def says_first(self) -> bool:
        """Whether this person could decide it as soon as they say if they have an interest."""
        if self.seen is None or self.seen.stage is not Stage.DECISION or self.why_not_decide:
            return False
        return queries.says_of_deciding(self.evaluation.pk, person=self.person) is None

    @property
    def to_mark(self) -> list[rules.Criterion]:
        """What this person marks on the sheet: neither what stands nor what is final."""
        final = queries.final_of(self.mine) if self.mine else frozenset()
        return [one for one in (self.seen.to_mark if self.seen else ()) if one.code not in final]

    @property
    def may_evaluate(self) -> bool:
        return self.person.may(P.EVALUATE_APPLICATIONS)

    @property
    def free(self) -> list[Any]:
        """The evaluators who have not said that they have an interest."""
        return [one for one in self.named if not one.has_interest]

    @property
    def named(self) -> list[Any]:
        """Everybody who was named to mark it."""
        return list(self._found.evaluators) if self._found else []

    @property
    def wants_evaluators(self) -> bool:
        return self.is_sent and len(self.free) < rules.EVALUATORS

    @property
    def is_unanswered(self) -> bool:
        """Whether the applicant was asked something and has let the last day for it pass."""
        asked = self.seen.clarifications if self.seen else ()
        return any(one.answered_at is None and one.answer_by < self.on for one in asked)

    @property
    def why_not_ask(self) -> str:
        """Why this person asks the applicant nothing; empty if they are an evaluator and free."""
        if self.mine is None:
            return "You are not an evaluator of this application, so you ask its applicant nothing."
        return ""

    @property
    def why_not_mark(self) -> str:
        """Why this person marks nothing; empty if they may."""
        if self.mine is None:
            return "You are not an evaluator of this application."
        if self.mine.finished_at is not None:
            return "Your marks are final. Changes are agreed on together now."
        return ""

    @property
    def why_not_decide(self) -> str:
        """Why this person cannot decide it; empty if they can."""
        seen = found(self.seen)
        reported = getattr(seen.evaluation, "report", None)
        if seen.stage in (Stage.DECIDED, Stage.RELEASED):
            return "It has been decided."
        if not self.person.may(P.DECIDE_ADMISSIONS):
            return "Your role does not decide who joins. Ask whoever has the delegated authority."
        if self.took_part:
            return "You evaluated this application or reported on it, so somebody else decides."
        if seen.stage is Stage.QUESTION:
            return "The applicant has been asked something. Wait for the answer."
        if reported is None:
            return "There is nothing to decide on yet: the evaluators agree and report first."
        if self.authority is None:
            return str(NotDelegated(Power.JOIN))
        return ""

    @cached_property
    def authority(self) -> Authority | None:
        """By whose leave this person would decide who joins."""
        roles = accounts.roles_of(self.person.pk)
        framework_id = self.application.framework_id
        return delegations.authority(framework_id, Power.JOIN, roles, on=self.on)

    @property
    def criteria_shown(self) -> tuple[int | None, tuple[Shown, ...]]:
        """The published criteria with what was found of each."""
        return queries.shown_in(self.evaluation)

    @property
    def basis_kept(self) -> Basis | None:
        """By whose leave it was decided, and on which criteria, as it was then."""
        decision = getattr(self.evaluation, "decision", None)
        return basis_from_json(decision.basis) if decision is not None else None

    @cached_property
    def shared(self) -> list[queries.Shared]:
        """The numbers they gave that somebody else has too; none for who is kept from it."""
        if self.is_kept:
            return []
        return queries.shared_numbers(on=self.on).get(self.application.pk, [])

    @cached_property
    def left(self) -> list[str]:
        """What they were taken out of before, for whoever judges or decides; nothing if kept."""
        if self.is_kept:
            return []
        left = applications.lots_left(self.application.pk, on=self.on)
        return [f"{lot} on {words.day(day)}" for lot, day in left.items()]

    @property
    def took_part(self) -> bool:
        """Whether this person evaluated it or reported on it, and so does not decide."""
        evaluation = self.evaluation
        reported = getattr(evaluation, "report", None)
        who = {one.person_id for one in found(self.seen).evaluators}
        return self.person.pk in who or (
            reported is not None and reported.reported_by_id == self.person.pk
        )

    @property
    def why_not_decline_excluded(self) -> str:
        """Why this person takes no fresh decision; empty: accepted, excluded, and not told yet."""
        seen = self.seen
        if seen is None or seen.stage is not Stage.DECIDED:
            return "Only what was decided, and not told yet, is decided afresh."
        if not self.person.may(P.DECIDE_ADMISSIONS):
            return "Your role does not decide who joins. Ask whoever has the delegated authority."
        if self.took_part:
            return "You evaluated this application or reported on it, so somebody else decides."
        is_in = seen.evaluation.decision.outcome != Outcome.DECLINE
        if not is_in or not queries.is_barred_for_good(seen.evaluation):
            return "Only an applicant who was accepted and is excluded is declined here."
        return ""

    @cached_property
    def files(self) -> dict[str, File]:
        """What was handed in with the answers, by reference."""
        refs = [ref for one in self.answers for ref in one.documents]
        return dict(documents.named(refs, person=self.person)) if refs else {}

    @property
    def answers(self) -> tuple[Frozen, ...]:
        return self.full.answers if self.full else ()

    @property
    def sections(self) -> list[tuple[str, str, list[Frozen]]]:
        """(code, title, answers) of every section with something in it."""
        return [
            (code, title, answers)
            for code, title in (self.full.sections if self.full else ())
            if (answers := [one for one in self.answers if one.section == code])
        ]

    @property
    def frame(self) -> dict[str, Any]:
        """What every page of it shows."""
        stage = self._found.stage if self._found else None
        return {
            "ref": self.ref,
            "name": self.application.organisation.name,
            "full": self.full,
            "seen": self.seen,
            "stage": stage,
            "stage_words": stage_words(stage),
            "clock": clock_words(self.seen.clock) if self.seen and not self.is_over else "",
            "files": self.files,
            "left": self.left,
            "back_here": self.ref,
        }

    @property
    def is_over(self) -> bool:
        return self.seen is not None and self.seen.stage in (Stage.DECIDED, Stage.RELEASED)
