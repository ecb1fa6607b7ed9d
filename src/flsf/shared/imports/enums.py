from enum import StrEnum

from django.db.models import TextChoices


class Kind(TextChoices):
    SCHOOLS = "schools", "Schools register"
    SCHOOL_LINKS = "school-links", "Links between schools"
    POSTCODES = "postcodes", "Postcodes"
    WARDS = "wards", "Wards"
    HOLIDAYS = "holidays", "Bank holidays"
    TERMS = "terms", "School terms"
    PROVIDERS = "providers", "Providers"
    SERVICES = "services", "Services and rates"
    CHILDREN = "children", "Children"
    PLACEMENTS = "placements", "Live placements and waivers"
    TRAINERS = "trainers", "Training and apprenticeship providers"
    REGISTER = "register", "Attendance marks"
    ORUK = "oruk", "Services of another directory"
    DEBARMENT = "debarment", "Debarment list"


class BatchStatus(TextChoices):
    BROUGHT = "brought", "Columns to confirm"
    CHECKED = "checked", "Checked, nothing changed yet"
    COMMITTED = "committed", "Taken in"
    REFUSED = "refused", "Refused, nothing changed"
    UNDONE = "undone", "Undone"


class Tag(StrEnum):
    BROUGHT = "shared:import:brought"
    CHECKED = "shared:import:checked"
    REFUSED = "shared:import:refused"
    COMMITTED = "shared:import:committed"
    UNDONE = "shared:import:undone"
    REMEMBERED = "shared:import:columns-remembered"
