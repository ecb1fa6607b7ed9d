"""What a claim holds, once what other claims charged already is taken off."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from flsf.money.payments.enums import Flag, LineKind
from flsf.money.payments.rules.lines import Draft
from flsf.money.payments.rules.price import pounds


@dataclass(frozen=True, slots=True)
class Already:
    """What other claims charged for one mark, all their lines together, in pence."""

    mark_id: int
    placement_id: int
    day: date
    net_pence: int
    vat_pence: int


def claim_lines(
    *,
    month: date,
    owed: Iterable[Draft],
    already: Iterable[Already],
    settled_months: Collection[date],
    most_net: Mapping[int, int],
    charged_elsewhere: Mapping[int, int],
) -> list[Draft]:
    """The lines of a month's claim: its own sessions, and corrections of settled months.

    A month is settled once its claim was submitted: its lines stay as they are, and what
    they should have said comes here as a difference. `most_net` is what each placement's
    award commits, `charged_elsewhere` what other claims charged for it, in pence.
    """
    by_mark = {line.mark_id: line for line in owed}
    charged = {one.mark_id: one for one in already}
    own = [line for line in by_mark.values() if _month(line.day) == month]
    lines = [line for line in own if line.mark_id not in charged]
    for mark_id in by_mark.keys() | charged.keys():
        line, before = by_mark.get(mark_id), charged.get(mark_id)
        if before is None and line is not None:
            if _month(line.day) < month and _month(line.day) in settled_months:
                lines.append(_late(line))
        elif before is not None and _is_ours(before.day, month, settled_months):
            lines += _difference(line, before)
    ordered = sorted(lines, key=lambda one: (one.day, one.mark_id, one.kind))
    return _with_overruns(ordered, most_net, charged_elsewhere)


def _is_ours(day: date, month: date, settled_months: Collection[date]) -> bool:
    """Whether a correction of that day's line belongs in the month's claim."""
    return _month(day) == month or (_month(day) < month and _month(day) in settled_months)


def _late(line: Draft) -> Draft:
    """A session that was marked only after its month's claim had gone."""
    words = f"marked after the claim was sent: {line.words}"
    return replace(line, kind=LineKind.ADJUSTMENT, words=words[:200])


def _difference(line: Draft | None, before: Already) -> list[Draft]:
    """What a mark comes to now, less what was charged for it; nothing if that is nothing."""
    if line is None:
        line = Draft(
            kind=LineKind.ADJUSTMENT,
            placement_id=before.placement_id,
            mark_id=before.mark_id,
            day=before.day,
            minutes=0,
            rate_pence=0,
            net_pence=0,
            vat_pence=0,
            words="not paid",
        )
    net, vat = line.net_pence - before.net_pence, line.vat_pence - before.vat_pence
    if net == 0 and vat == 0:
        return []
    was = pounds(before.net_pence + before.vat_pence)
    words = f"corrected: {line.words}; {was} was charged before"
    kind = LineKind.ADJUSTMENT
    return [replace(line, kind=kind, net_pence=net, vat_pence=vat, words=words[:200])]


def _with_overruns(
    lines: Iterable[Draft], most_net: Mapping[int, int], charged_elsewhere: Mapping[int, int]
) -> list[Draft]:
    """The same lines, those flagged that take a placement beyond what its award commits."""
    spent = dict(charged_elsewhere)
    told = []
    for line in lines:
        spent[line.placement_id] = spent.get(line.placement_id, 0) + line.net_pence
        over = spent[line.placement_id] > most_net[line.placement_id] and line.net_pence > 0
        is_new = over and Flag.OVER_AWARD not in line.flags
        told.append(line.with_flag(Flag.OVER_AWARD) if is_new else line)
    return told


def _month(day: date) -> date:
    return day.replace(day=1)
