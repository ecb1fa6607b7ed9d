"""How a shortlist is kept so that it can be worked out again, to the byte, years later.

Columns are kept as they stood: numbers of a fixed width, compressed. A shortlist over a
council's few hundred services takes a few kilobytes.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import numpy as np

from flsf.casework.matching.enums import TERM_ORDER
from flsf.casework.matching.rules.engine import Result, flags, in_order
from flsf.casework.matching.rules.values import (
    DTYPES,
    NO_LIMIT,
    Columns,
    Ints,
    Question,
    RuleBook,
)

Json = dict[str, Any]

# Changes when the same rules would be followed differently; then the old way is kept too.
ENGINE = 3
# What earlier engines were not told of any service; engine 1 took a provider's places as one.
UNTOLD: Mapping[str, int] = {"limit": NO_LIMIT, "others": 0, "barred": 0, "unagreed": 0}
ONE_PLACE = {"place": "provider"}


def inputs_as_json(question: Question, columns: Columns) -> Json:
    """The question and every service as it stood."""
    return {
        "engine": ENGINE,
        "question": question.as_json(),
        "refs": list(columns.refs),
        "check_names": list(columns.check_names),
        "columns": {name: packed(getattr(columns, name), DTYPES[name]) for name in DTYPES},
    }


def columns_from(kept: Mapping[str, Any]) -> Columns:
    """The services of a kept shortlist."""
    columns = {name: _column(kept, name, dtype) for name, dtype in DTYPES.items()}
    return Columns(refs=kept["refs"], check_names=kept["check_names"], **columns)


def _column(kept: Mapping[str, Any], name: str, dtype: str) -> Ints:
    told = ONE_PLACE.get(name, name) if name not in kept["columns"] else name
    if told in kept["columns"]:
        return unpacked(kept["columns"][told], dtype)
    return np.full(len(kept["refs"]), UNTOLD[name], dtype)


def result_as_json(result: Result, question: Question, columns: Columns, book: RuleBook) -> Json:
    """Ranked and near misses in full; of the others the bits of the rules they do not meet."""
    near, near_points = in_order(result.near, question, columns, book)
    return {
        "version": book.version,
        "ranked": _listed(result.ranked, result.points, question, columns),
        "near": _listed(near, near_points, question, columns),
        "counts": {rule.value: count for rule, count in result.counts.items()},
        "masks": packed(result.masks, "uint16"),
    }


def _listed(places: Ints, points: Ints, question: Question, columns: Columns) -> list[Json]:
    return [
        {
            "ref": columns.refs[place],
            "points": dict(zip((one.value for one in TERM_ORDER), row[:-1], strict=True)),
            "total": row[-1],
            "flags": int(flags(place, question, columns)),
        }
        for place, row in zip(places.tolist(), points.tolist(), strict=True)
    ]


def fingerprint(inputs: Json, content: Mapping[str, Any], result: Json) -> str:
    """The hash by which anybody can tell that none of the three was changed."""
    whole = {"inputs": inputs, "rules": content, "result": result}
    return sha256(as_text(whole).encode()).hexdigest()


def as_text(value: Mapping[str, Any]) -> str:
    """The one way of writing a value down."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def packed(column: Ints, dtype: str) -> str:
    little = np.ascontiguousarray(column, dtype=np.dtype(dtype).newbyteorder("<"))
    return b64encode(zlib.compress(little.tobytes(), 9)).decode()


def unpacked(text: str, dtype: str) -> Ints:
    little = np.frombuffer(zlib.decompress(b64decode(text)), np.dtype(dtype).newbyteorder("<"))
    return little.astype(dtype)
