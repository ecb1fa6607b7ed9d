"""What the public may read of what an accepted provider answered."""

from dataclasses import dataclass, field
from datetime import date

from flsf.core.clock import london_day
from flsf.market.applications.enums import Kind, Result
from flsf.market.applications.queries.accepted import accepted_submissions
from flsf.market.applications.queries.reading import questions_in_force
from flsf.market.applications.rules import DOES

HEADING = "name"  # what the page is called already


@dataclass(frozen=True, slots=True)
class ToldPublicly:
    """A question and its answer, in the words they were asked and answered in."""

    code: str
    asks: str
    words: str
    sent_on: date = field(compare=False, default=date.min)  # when the provider answered so


def told_publicly(provider_id: int, *, on: date) -> list[ToldPublicly]:
    """What a provider answered when it was accepted last, of the questions that are public.

    Public is what the questions said that it answered, and still say: a council that takes the
    mark away takes the answers from its pages. Never a file, nor what would not pass, nor what
    was only explained. Of nobody who was not accepted by that day. Three questions at most.
    """
    sent = (
        accepted_submissions(on=on)
        .filter(application__provider=provider_id)
        .select_related("question_set", "application")
        .order_by("-submitted_at", "-pk")
        .first()
    )
    if sent is None:
        return []
    then, now = sent.question_set, questions_in_force(sent.application.framework_id, on=on)
    sets = [one.questions for one in (then, now) if one is not None]
    found = []
    for one in sent.content["answers"]:
        asked = [each.question(one["code"]) for each in sets]
        if any(each is None or not each.is_public or each.fills == HEADING for each in asked):
            continue
        if Kind(one["kind"]) is not Kind.FILE and Result(one["result"]) in DOES and one["words"]:
            day = london_day(sent.submitted_at)
            found.append(ToldPublicly(one["code"], one["asks"], one["words"], day))
    return found
