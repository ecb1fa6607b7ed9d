"""What an application's pages show: tasks with few statuses, rows to check, files by name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from flsf.core.people import Person
from flsf.market.applications.enums import Kind, Result
from flsf.market.applications.queries import Working
from flsf.market.applications.rules import Judged
from flsf.shared.documents import queries as documents

NOT_STARTED, IN_PROGRESS, DONE, WOULD_NOT_PASS, OPTIONAL = (
    *("Not started", "In progress", "Done", "Would not pass yet", "Optional"),
)
KINDS = {
    NOT_STARTED: "quiet",
    IN_PROGRESS: "moving",
    DONE: "good",
    WOULD_NOT_PASS: "trouble",
    OPTIONAL: "quiet",
}
TO_LOOK_AT = "Filled in from what you told us before. Look at it and save the page"


@dataclass(frozen=True, slots=True)
class Task:
    text: str
    href: str
    status: str
    hint: str = ""

    @property
    def kind(self) -> str:
        return KINDS[self.status]

    @property
    def is_done(self) -> bool:
        """Nothing has to be done here; what is optional may still be."""
        return self.status in (DONE, OPTIONAL)


def of(working: Working) -> list[Task]:
    """Choosing lots first, then each section that asks anything."""
    ref = working.application.ref
    lots = Task(
        "What you would like to give",
        reverse("application-lots", kwargs={"ref": ref}),
        DONE if working.lots else NOT_STARTED,
        ", ".join(one.name for one in working.lots),
    )
    first = dict[str, int]()
    for section, page in working.sheet.pages():
        first.setdefault(section, page)
    return [
        lots,
        *(
            Task(
                one.title,
                _address(ref, one.code, _next_page(working, one.code) or first[one.code]),
                _status(working.sheet.of_section(one.code)),
            )
            for one in working.sheet.sections
            if one.code in first
        ),
    ]


def again(every: Sequence[Task], failed: Collection[str]) -> dict[str, list[Task]]:
    """Apart: what is to be done before it is sent again, and what stands as it is."""
    return {
        "to_do": [one for one in every if one.text in failed or not one.is_done],
        "stands": [one for one in every if one.text not in failed and one.is_done],
    }


def _status(judged: Sequence[Judged]) -> str:
    if any(one.result in (Result.FAILED, Result.UNREADABLE) for one in judged):
        return WOULD_NOT_PASS
    is_begun = any(any(one.said.typed) for one in judged)
    if all(one.is_settled for one in judged):
        return DONE if is_begun else OPTIONAL
    return IN_PROGRESS if is_begun else NOT_STARTED


def _next_page(working: Working, section: str) -> int | None:
    """The first page of a section with something still to do."""
    return next(
        (
            page
            for code, page in working.sheet.pages()
            if code == section
            and any(not one.is_settled for one in working.sheet.of_section(code, page))
        ),
        None,
    )


def after(working: Working, section: str, page: int) -> str:
    """Where a page leads: to the next of its section, after the last to the list of tasks."""
    ref = working.application.ref
    later = [n for code, n in working.sheet.pages() if code == section and n > page]
    if later:
        return _address(ref, section, later[0])
    return reverse("application-tasks", kwargs={"ref": ref})


def _address(ref: str, section: str, page: int) -> str:
    captured = {"ref": ref, "section": section, "page": page}
    return reverse("application-page", kwargs=captured)


def files_of(judged: Sequence[Judged], person: Person) -> dict[str, list[tuple[str, str]]]:
    """The (reference, name) of each file, by question."""
    asked = [one for one in judged if one.question.kind is Kind.FILE]
    refs = [ref for one in asked for ref in one.said.typed]
    named = documents.named(refs, person=person) if refs else {}
    return {
        one.code: [(ref, named[ref].name) for ref in one.said.typed if ref in named]
        for one in asked
    }


@dataclass(frozen=True, slots=True)
class Row:
    """An answer to check, and where to change it."""

    code: str
    asks: str
    words: str
    mitigation: str
    trouble: str
    href: str


def to_check(working: Working) -> list[tuple[str, list[Row]]]:
    """Every section with its answers."""
    return [
        (one.title, rows)
        for one in working.sheet.sections
        if (rows := [_row(working, each) for each in working.sheet.of_section(one.code)])
    ]


def waiting(working: Working) -> list[Row]:
    """What stands in the way of sending it."""
    return [_row(working, one) for one in working.sheet.waiting]


def _left(one: Judged) -> str:
    return TO_LOOK_AT if one.said.told_on else "Not answered yet"


def _row(working: Working, one: Judged) -> Row:
    question = one.question
    return Row(
        code=one.code,
        asks=question.asks,
        words=one.words,
        mitigation=one.said.mitigation if one.result is Result.EXPLAINED else "",
        trouble=(one.trouble or _left(one)) if not one.is_settled else "",
        href=_address(working.application.ref, question.section, question.page),
    )


def told_on(working: Working) -> list[date]:
    """The days on which what is filled in and was not looked at yet was told, the latest first."""
    days = {one.said.told_on for one in working.sheet.judged if one.said.told_on}
    return sorted(days, reverse=True)
