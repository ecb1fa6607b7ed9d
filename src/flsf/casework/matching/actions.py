"""The only writes of published rules and of shortlists."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from flsf.casework.matching import rules
from flsf.casework.matching.enums import Tag
from flsf.casework.matching.models import RuleSet, Shortlist
from flsf.casework.matching.queries import Match
from flsf.casework.matching.rules import RuleBook
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.shared.audit import actions as audit


class RulesInThePast(Refusal):
    says = "New rules begin today or later: nobody is judged by rules not yet published."


@transaction.atomic
def publish(
    *, content: Mapping[str, Any], in_force_from: date, by: Person, at: datetime
) -> RuleSet:
    """From that day services are ranked by these rules; earlier shortlists keep theirs.

    Raises RulesInThePast, and NotOurRules if a test or a term is missing.
    """
    if in_force_from < london_day(at):
        raise RulesInThePast
    latest = RuleSet.objects.select_for_update().order_by("-version").first()
    version = latest.version + 1 if latest else 1
    if not RuleBook.from_content(version, content).is_whole:
        raise rules.NotOurRules(version)
    made = RuleSet.objects.create(
        version=version,
        in_force_from=in_force_from,
        content=dict(content),
        sha256=sha256(rules.as_text(content).encode()).hexdigest(),
        published_by_id=by.pk,
        published_at=at,
    )
    audit.record(
        tag=Tag.PUBLISHED,
        subject=f"rule set {version}",
        details={"from": in_force_from.isoformat(), "sha256": made.sha256},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def freeze(*, match: Match, by: Person, at: datetime) -> Shortlist:
    """What the officer was shown is kept: the question, every service, the rules, the answer."""
    inputs = rules.inputs_as_json(match.question, match.columns)
    result = rules.result_as_json(match.result, match.question, match.columns, match.book)
    made = Shortlist.objects.create(
        ref=unused_ref("L", Shortlist.objects),
        referral_id=match.referral_id,
        rule_set_id=match.rule_set_id,
        inputs=inputs,
        result=result,
        sha256=rules.fingerprint(inputs, match.content, result),
        made_by_id=by.pk,
        made_at=at,
    )
    audit.record(
        tag=Tag.SHORTLISTED,
        subject=f"shortlist {made.ref}",
        details={
            "referral": match.question.seed,
            "rules": match.book.version,
            "fit": len(match.result.ranked),
            "sha256": made.sha256,
        },
        by=by,
        at=at,
    )
    return made
