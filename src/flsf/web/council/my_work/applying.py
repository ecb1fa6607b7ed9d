"""Work on applications to join: to mark, to agree on, to report, to decide, to tell."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from flsf.core.people import Person
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.rounds import queries as rounds
from flsf.market.evaluation import queries
from flsf.market.evaluation.enums import Stage
from flsf.market.evaluation.queries import Waiting
from flsf.shared.accounts.enums import Permission
from flsf.web.council.my_work.items import Item, Press, address

P = Permission


def from_applications(person: Person, on: date) -> Iterator[Item]:
    """What this person is to do about each application; late ones are news to all who read them."""
    waiting = queries.queue(person=person, on=on)
    for one in waiting:
        kind, what, button, page = _to_do(one, person, on)
        if not kind and not one.clock.is_late:
            continue
        yield Item(
            press=Press.CLOCKS if one.clock.is_late else Press.MINE,
            kind=kind or "Applications late",
            ref=one.listed.ref,
            what=what or "Late: it waits for others",
            who=one.listed.organisation_name,
            due_on=one.clock.due_on,
            button=button or "Open",
            href=address(page or "application-file", ref=one.listed.ref),
        )
    if person.may(P.DECIDE_ADMISSIONS):
        yield from _to_tell(waiting, person, on)


def _to_do(one: Waiting, person: Person, on: date) -> tuple[str, str, str, str]:
    """(what it counts as, what there is to do, the button, the page); empty: nothing."""
    evaluates, stage = person.may(P.EVALUATE_APPLICATIONS), one.stage
    if one.is_mine and not one.has_declared:
        what = "Say whether you have an interest, then mark it"
        return "Applications to evaluate", what, "Begin", "application-interest"
    if one.is_kept:
        return "", "", "", ""
    if one.is_mine and one.answer_by is not None and one.answer_by < on:
        what = "The applicant did not answer in time: go on without"
        return "Questions not answered", what, "Go on", "application-close-question"
    if one.is_mine and not one.my_part_is_done and stage is not Stage.QUESTION:
        return "Applications to evaluate", "Mark this application", "Mark it", "application-sheet"
    if evaluates and stage in (None, Stage.EVALUATORS):
        what = "Needs two evaluators"
        return "Applications without evaluators", what, "Name them", "application-evaluators"
    if one.is_mine and stage is Stage.MODERATION:
        what = "Both have marked it: agree together"
        return "Applications to agree on", what, "Agree", "application-agree"
    if one.is_mine and stage is Stage.REPORT:
        what = "Agreed: report to whoever decides"
        return "Applications to report on", what, "Report", "application-report"
    if person.may(P.DECIDE_ADMISSIONS) and not one.is_mine and stage is Stage.DECISION:
        what = "Decide whether they join"
        return "Applications to decide", what, "Decide", "application-decision"
    return "", "", "", ""


def _to_tell(waiting: list[Waiting], person: Person, on: date) -> Iterator[Item]:
    """Rounds that have closed with everything decided, unless they are being told just now."""
    decided = Counter(one.round_id for one in waiting if one.round_id is not None)
    if not decided:
        return
    undecided = [one.listed for one in waiting if one.stage is not Stage.DECIDED]
    asked = queries.tellings(decided, person=person)
    refs = {one.pk: one.ref for one in frameworks.frameworks(person=person)}
    for one in rounds.with_ids(decided, on=on).values():
        if one.closes_on is None or on <= one.closes_on or queries.are_in(one, undecided):
            continue
        last = asked.get(one.round_id)
        if last is not None and last.ended_at is None:
            continue
        count = decided[one.round_id]
        who = "applicant waits" if count == 1 else "applicants wait"
        yield Item(
            press=Press.MINE,
            kind="Rounds to be told",
            ref=f"Round {one.number}",
            what="Nobody could be told when it was asked for"
            if last is not None
            else f"Everything is decided: {count} {who} to be told",
            due_on=one.decide_by,
            button="See why" if last is not None else "Tell them",
            href=address("round-tell" if last is None else "round-telling", number=str(one.number))
            + f"?framework={refs[one.framework_id]}",
        )
