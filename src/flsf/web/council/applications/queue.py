"""Everything that was sent and is not answered yet, the longest with us first."""

from django import forms
from django.urls import reverse

from flsf.market.evaluation import queries
from flsf.market.evaluation.enums import Stage
from flsf.market.evaluation.queries import Clock, Waiting
from flsf.shared.accounts.enums import Permission
from flsf.web.components import words
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.council.applications.measured import said

NOT_OPENED = "not-opened"
LATE = "late"
STAGES = [(one.value, one.label) for one in Stage if one is not Stage.RELEASED]


class QueueFilters(FilterForm):
    stage = forms.ChoiceField(
        label="Where it is",
        required=False,
        choices=[("", "Anywhere"), (NOT_OPENED, "Nobody has opened it"), *STAGES],
    )
    clock = forms.ChoiceField(
        label="Only",
        required=False,
        choices=[("", "Any"), (LATE, "What is late"), ("mine", "What I evaluate")],
    )


def clock_words(clock: Clock) -> str:
    """How long it has been with us, and by when it is decided."""
    if clock.is_paused:
        return f"Stopped at day {clock.days} of {clock.of}: the applicant has been asked"
    due = words.day(clock.due_on)
    if clock.is_late:
        return f"Late: day {clock.days} of {clock.of}, was due {due}"
    return f"Day {clock.days} of {clock.of}, due {due}"


def stage_words(stage: Stage | None) -> str:
    """Where it is; nobody may have opened it yet."""
    return str(stage.label) if stage else "Nobody has opened it"


def _rows(asked: Asked) -> list[Waiting]:
    stage, clock = asked.filters.get("stage"), asked.filters.get("clock")
    found = queries.queue(person=asked.person, on=asked.on)
    if stage:
        wanted = None if stage == NOT_OPENED else Stage(stage)
        found = [one for one in found if one.stage is wanted]
    if clock == LATE:
        found = [one for one in found if one.clock.is_late]
    elif clock:
        found = [one for one in found if one.is_mine]
    return found


QUEUE = ListPage(
    name="application-list",
    title="Applications to join",
    section="applications",
    permission=Permission.VIEW_APPLICATIONS,
    columns=(
        Column(
            "Application",
            lambda row: row.listed.ref,
            link=lambda row: reverse("application-file", kwargs={"ref": row.listed.ref}),
        ),
        Column("From", lambda row: row.listed.organisation_name),
        Column("Where it is", lambda row: stage_words(row.stage), Kind.STATUS),
        Column(
            "Company or charity number",
            lambda row: "Somebody else has it too: settle who is who" if row.number_unclear else "",
        ),
        Column("Clock", lambda row: clock_words(row.clock)),
        Column("Sent", lambda row: row.listed.submitted_at, Kind.MOMENT),
        Column("Working days", lambda row: row.clock.days, Kind.NUMBER, in_files_only=True),
        Column("Due", lambda row: row.clock.due_on, Kind.DATE, in_files_only=True),
        Column("Late", lambda row: row.clock.is_late, in_files_only=True),
    ),
    rows=_rows,
    filters=QueueFilters,
    noun=("application", "applications"),
    empty="No application is waiting there.",
    template="council/applications/queue.html",
    context=lambda asked: {"measured": said(queries.measured(None, on=asked.on))},
    worked_out=(
        "Working days count from the day after an application was sent. A decision is due on the "
        "last of those promised on the day of sending. The days between a question to the "
        "applicant and the answer do not count. "
        "How long it took is counted to the day of the decision; a round is told later, together. "
        "What is sent again is acknowledged, decided and counted again."
    ),
)
