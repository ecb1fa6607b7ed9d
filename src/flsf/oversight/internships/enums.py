from django.db.models import TextChoices


class Standing(TextChoices):
    """The words of the programme's action 3.2 (seed E, table 2)."""

    ON_TRACK = "on_track", "On track"
    MONITOR = "monitor", "Monitor"
    AT_RISK = "at_risk", "At risk"
