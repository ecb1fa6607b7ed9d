"""What an organisation answered before, of what it is asked now."""

from datetime import date

from flsf.core.clock import london_day
from flsf.market.applications import rules
from flsf.market.applications.enums import Kind
from flsf.market.applications.models import Answer, Submission
from flsf.market.applications.rules import Before
from flsf.shared.documents import queries as documents


def told_before(
    organisation_id: int, questions: rules.QuestionSet, *, on: date
) -> dict[str, tuple[tuple[str, ...], int]]:
    """By question, what may be filled in and the id of the submission it is from.

    From what the organisation sent to any framework, the latest first; what it has changed since
    and not sent is not taken, nor a file that is gone. However many, three questions at most.
    """
    sent = (
        Submission.objects.filter(application__organisation=organisation_id)
        .select_related("question_set")
        .order_by("-submitted_at", "-pk")
    )
    latest = {one.application_id: one for one in reversed(sent)}
    answers = Answer.objects.filter(application__in=latest, told_before=None).order_by("pk")
    found: dict[str, tuple[Before, Submission]] = {}
    for one in answers:
        then = latest[one.application_id]
        asked, now = then.question_set.questions.question(one.code), questions.question(one.code)
        known = found.get(one.code)
        if asked is None or now is None or one.changed_at > then.submitted_at:
            continue
        if known is not None and known[1].submitted_at >= then.submitted_at:
            continue
        day = london_day(then.submitted_at)
        found[one.code] = (Before(one.code, asked, now, tuple(one.typed), day), then)
    good = rules.reusable([before for before, _ in found.values()], on=on)
    files = [one for one in good if one.now.kind is Kind.FILE]
    kept = documents.refs_of(organisation_id) if files else frozenset()
    gone = {one.code for one in files if not set(one.typed) <= kept}
    return {one.code: (one.typed, found[one.code][1].pk) for one in good if one.code not in gone}
