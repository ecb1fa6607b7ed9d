"""A page of answers is kept, and the files that came with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.applications import actions as applications
from flsf.shared.documents import actions as documents


@transaction.atomic
def answer_questions(
    *,
    application_id: int,
    organisation_id: int,
    typed: Mapping[str, Sequence[str]],
    mitigations: Mapping[str, str],
    files: Mapping[str, Sequence[tuple[str, bytes]]],
    by: Person,
    at: datetime,
) -> Mapping[str, str]:
    """What was typed is kept. Answers with what was wrong with files, by question.

    A file that is refused takes nothing else with it. Raises NotOpen and NotYourFile.
    """
    troubles: dict[str, str] = {}
    kept: dict[str, list[str]] = {}
    for code, handed_in in files.items():
        for name, content in handed_in:
            try:
                document = documents.keep(
                    name=name, content=content, owner_id=organisation_id, by=by, at=at
                )
            except Refusal as refusal:
                troubles[code] = str(refusal)
            else:
                kept.setdefault(code, []).append(document.ref)
    applications.answer(
        application_id=application_id,
        typed={code: [*said, *kept.get(code, [])] for code, said in typed.items()},
        mitigations=mitigations,
        by=by,
        at=at,
    )
    return troubles
