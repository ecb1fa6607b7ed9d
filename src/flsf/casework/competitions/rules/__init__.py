"""How a competition is put, how long it runs, and how bids are scored and placed."""

from flsf.casework.competitions.rules.brief import Brief, age_band, area_of, areas, modes, personal
from flsf.casework.competitions.rules.counts import Counts, Measured, measured, median
from flsf.casework.competitions.rules.scoring import (
    DESCRIPTORS,
    HIGHEST_SCORE,
    PRICE,
    Decided,
    Difference,
    Offer,
    Part,
    Scored,
    Weighing,
    decided,
    draw,
    half_up,
    in_points,
    is_low,
    judge,
    price_points,
    quality_points,
    score_trouble,
)
from flsf.casework.competitions.rules.stages import SCORERS, Progress, stage
from flsf.casework.competitions.rules.weights import Bands, Criterion, Published, offered, sealed
from flsf.casework.competitions.rules.weights import trouble as weights_trouble
from flsf.casework.competitions.rules.window import Lengths, closing, earliest_close
from flsf.casework.competitions.rules.window import trouble as window_trouble

__all__ = [
    "DESCRIPTORS", "HIGHEST_SCORE", "PRICE", "SCORERS", "Bands", "Brief", "Counts", "Criterion",
    "Decided", "Difference", "Lengths", "Measured", "Offer", "Part", "Progress", "Published",
    "Scored", "Weighing", "age_band", "area_of", "areas", "closing", "decided", "draw",
    "earliest_close", "half_up", "in_points", "is_low", "judge", "measured", "median", "modes",
    "offered", "personal", "price_points", "quality_points", "score_trouble", "sealed", "stage",
    "weights_trouble", "window_trouble",
]  # fmt: skip
