from django.db.models import TextChoices


class Duty(TextChoices):
    """What each provision must have (cabinet report, paragraph 7)."""

    GOVERNANCE = "governance", "Governance"
    OVERSIGHT = "oversight", "Oversight"
    PROCUREMENT = "procurement", "Procurement route"


class Standing(TextChoices):
    COMPLIANT = "compliant", "Compliant"
    NOT_COMPLIANT = "not_compliant", "Not compliant"


class Bought(TextChoices):
    """How a placement is bought, as the review tells it."""

    FRAMEWORK = "framework", "Award under the framework"
    WAIVER = "waiver", "Waiver that is live"
    NOTHING = "nothing", "No valid route"
