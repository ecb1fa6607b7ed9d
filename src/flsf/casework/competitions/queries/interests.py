"""Who has said whether an interest of theirs stands in the way (rule P32)."""

from collections.abc import Collection

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from flsf.casework.competitions.models import Competition, Scorer
from flsf.mandate.governance import queries as governance

ABOUT = "competition "


def about(competition: Competition) -> str:
    """What a declaration of interests is about."""
    return f"{ABOUT}{competition.ref}"


def kept_from(person_id: int | None) -> QuerySet[Competition, int]:
    """The competitions in which somebody declared an interest, to be asked with another query."""
    named = Competition.objects.alias(about=Concat(Value(ABOUT), F("ref")))
    return named.filter(about__in=governance.conflicts_of(person_id)).values_list("pk", flat=True)


def says_of_deciding(competition_id: int, person_id: int) -> bool | None:
    """Whether somebody who may decide its award has an interest; None: they have not said."""
    found = Competition.objects.get(pk=competition_id)
    return governance.has_declared(person_id, about(found))


def free_scorers(competitions: Collection[Competition]) -> dict[int, list[Scorer]]:
    """Of each, the scorers in whose way no declared interest stands; in one question."""
    said = governance.declared_about_each([about(one) for one in competitions])
    return {
        one.pk: [
            each for each in one.scorers.all() if not said.get((about(one), each.person_id), False)
        ]
        for one in competitions
    }
