"""`flsf distance`: the straight line between postcodes, in metres."""

import argparse
import csv
import json
import sys
from collections.abc import Iterable

from flsf.cli.codes import DONE, DONE_WITH_BAD_ROWS, REFUSED
from flsf.core.geo import metres_between, postcode_from
from flsf.shared.places import queries as places

HELP = (
    "The straight line between two postcodes in metres, or between pairs as CSV on standard input."
)
Answer = dict[str, str | int | None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("postcode", help="a postcode, or - to read pairs from standard input")
    parser.add_argument("other", nargs="?", help="the other postcode")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(given: argparse.Namespace) -> int:
    """Prints metres. Unknown postcodes are said so; one pair that is unknown is refused."""
    if given.postcode == "-":
        return _many(given)
    if not given.other:
        print("Give two postcodes, or - and pairs on standard input.", file=sys.stderr)
        return REFUSED
    answer = _answers([(given.postcode, given.other)])[0]
    if given.json:
        print(json.dumps(answer))
    elif answer["metres"] is not None:
        print(answer["metres"])
    else:
        print(answer["problem"], file=sys.stderr)
    return DONE if answer["metres"] is not None else REFUSED


def _many(given: argparse.Namespace) -> int:
    pairs = [
        ((row[0].strip(), row[1].strip()) if len(row) > 1 else (row[0].strip(), ""))
        for row in csv.reader(sys.stdin)
        if row
    ]
    if pairs and not any(map(postcode_from, pairs[0])):
        pairs = pairs[1:]  # headings
    answers = _answers(pairs)
    if given.json:
        print(json.dumps(answers))
    else:
        writer = csv.writer(sys.stdout)
        writer.writerow(["from", "to", "metres", "problem"])
        writer.writerows([one["from"], one["to"], one["metres"], one["problem"]] for one in answers)
    return DONE_WITH_BAD_ROWS if any(one["metres"] is None for one in answers) else DONE


def _answers(pairs: Iterable[tuple[str, str]]) -> list[Answer]:
    """Each pair with its metres, or with what is wrong, in two questions however many."""
    pairs = list(pairs)
    typed = {one for pair in pairs for one in pair}
    points = places.locate_many(typed)
    known = places.known(usual for one in typed if (usual := postcode_from(one)))
    answers: list[Answer] = []
    for one, other in pairs:
        lost = [postcode for postcode in (one, other) if postcode not in points]
        answers.append(
            {
                "from": one,
                "to": other,
                "metres": None if lost else metres_between(points[one], points[other]),
                "problem": " ".join(_says(postcode, known) for postcode in lost),
            }
        )
    return answers


def _says(typed: str, known: set[str]) -> str:
    usual = postcode_from(typed)
    if usual is None:
        return f"“{typed}” is not a postcode."
    if usual in known:
        return f"{usual} is known, but the directory gives it no place in Great Britain."
    return f"We do not know {usual}. Bring in a newer postcode file."
