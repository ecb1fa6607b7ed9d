"""`flsf match`: what fits a referral, and why everything else does not."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Any

from flsf.casework.matching import queries as matching
from flsf.casework.matching import rules
from flsf.casework.matching.queries import Match
from flsf.casework.referrals import queries as referrals
from flsf.cli.codes import DONE
from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.core.refusals import Refusal
from flsf.market.providers import queries as providers

HELP = "what fits a referral with points for each rule, and every reason why others do not"


class NoSuchReferral(Refusal):
    says = "There is no referral with that reference. References look like R-4F7K2."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("reference", help="the referral's, like R-4F7K2")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(given: Namespace) -> int:
    """Prints the ranked services and the excluded ones; nothing is frozen or changed."""
    today = clock.london_day(clock.now())
    referral = referrals.with_ref(given.reference, person=SYSTEM, on=today)
    if referral is None:
        raise NoSuchReferral
    answer = _answer(matching.rank(referral.pk, on=today), given.reference.strip().upper(), today)
    print(json.dumps(answer, indent=2) if given.json else _as_text(answer))
    return DONE


def _answer(match: Match, reference: str, on: date) -> dict[str, Any]:
    """Refs and numbers only: the command line shows nobody's name but a service's."""
    columns, result = match.columns, match.result
    names = providers.names(columns.service.tolist())
    called = [
        {
            "service": name.ref,
            "name": name.name,
            "provider": name.provider_ref,
            "provider_name": name.provider_name,
        }
        for name in (names[pk] for pk in columns.service.tolist())
    ]
    terms = [term.term.value for term in match.book.terms]
    ranked = [
        {
            "rank": at + 1,
            **called[place],
            "points": dict(zip(terms, points[:-1], strict=True)),
            "total": points[-1],
            "why": rules.why_it_fits(place, match.question, columns),
            "warnings": rules.warnings(
                rules.flags(place, match.question, columns), place, match.question, columns
            ),
        }
        for at, (place, points) in enumerate(
            zip(result.ranked.tolist(), result.points.tolist(), strict=True)
        )
    ]
    excluded = [
        {
            **called[place],
            "reasons": [
                {"rule": one.rule.value, "words": one.words}
                for one in rules.why_not(place, mask, match.question, columns)
            ],
        }
        for place, mask in enumerate(result.masks.tolist())
        if mask
    ]
    return {
        "referral": reference,
        "on": on.isoformat(),
        "rules_version": match.book.version,
        "weights": dict(zip(terms, match.book.weights, strict=True)),
        "ranked": ranked,
        "excluded": excluded,
        "counts": {rule.value: count for rule, count in result.counts.items()},
    }


def _as_text(answer: dict[str, Any]) -> str:
    lines = [f"{len(answer['ranked'])} fit, {len(answer['excluded'])} are excluded"]
    for one in answer["ranked"]:
        parts = ", ".join(f"{term} {points}" for term, points in one["points"].items())
        lines.append(
            f"{one['rank']:>3}. {one['service']} {one['name']}, {one['provider_name']}: "
            f"{one['total']} points ({parts})"
        )
    for one in answer["excluded"]:
        said = "; ".join(f"{reason['rule']}: {reason['words']}" for reason in one["reasons"])
        lines.append(f"  -  {one['service']} {one['name']}, {one['provider_name']}: {said}")
    return "\n".join(lines)
