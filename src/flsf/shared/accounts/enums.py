from enum import StrEnum

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    COUNCIL = "council", "Council"
    PROVIDER = "provider", "Provider"
    SCHOOL = "school", "School"


class Team(TextChoices):
    """The three teams that buy support (cabinet report, paragraph 7)."""

    SEND = "send", "SEND team"
    AP = "ap", "Alternative provision team"
    VIRTUAL_SCHOOL = "virtual_school", "Virtual School"


class Role(TextChoices):
    ADMINISTRATOR = "administrator", "Administrator"
    COMMISSIONER = "commissioner", "Commissioning officer"
    CASEWORKER = "caseworker", "Caseworker"
    VIRTUAL_SCHOOL = "virtual_school", "Virtual School officer"
    QUALITY = "quality", "Quality officer"
    SAFEGUARDING = "safeguarding", "Safeguarding lead"
    PROCUREMENT = "procurement", "Procurement officer"
    FINANCE = "finance", "Finance officer"
    DIRECTOR = "director", "Director"
    COUNCILLOR = "councillor", "Councillor"
    INFORMATION_GOVERNANCE = "information_governance", "Information governance officer"
    SENCO = "senco", "School SENCO"
    PROVIDER_MANAGER = "provider_manager", "Provider manager"
    PRACTITIONER = "practitioner", "Tutor, mentor or therapist"
    APPLICANT = "applicant", "Applicant to the framework"
    PARENT = "parent", "Parent or carer"
    YOUNG_PERSON = "young_person", "Young person"


class Inhabitants(StrEnum):
    """Whom a database holds. Made-up and real people are never in one."""

    NOBODY = "nobody"
    MADE_UP = "made-up"
    REAL = "real"


class Permission(StrEnum):
    """What a page asks for. A role is granted some; rules.GRANTED says which."""

    MY_WORK = "my-work"
    VIEW_FRAMEWORK = "view-framework"
    EDIT_FRAMEWORK = "edit-framework"
    KEEP_REGISTERS = "keep-registers"
    VIEW_LEGAL_ADVICE = "view-legal-advice"
    VIEW_CONFLICTS = "view-conflicts"
    VIEW_EXCLUSIONS = "view-exclusions"
    KEEP_EXCLUSIONS = "keep-exclusions"
    DECIDE_EXCLUSIONS = "decide-exclusions"
    VIEW_PROVIDERS = "view-providers"
    EDIT_PROVIDERS = "edit-providers"
    SUSPEND_PROVIDERS = "suspend-providers"
    VIEW_CONTRACTS = "view-contracts"
    VIEW_APPLICATIONS = "view-applications"
    EVALUATE_APPLICATIONS = "evaluate-applications"
    DECIDE_ADMISSIONS = "decide-admissions"
    VIEW_CHILDREN = "view-children"
    EDIT_CHILDREN = "edit-children"
    VIEW_WAITING = "view-waiting"
    WORK_REFERRALS = "work-referrals"
    VIEW_AWARDS = "view-awards"
    DECIDE_AWARDS = "decide-awards"
    SCORE_BIDS = "score-bids"
    VIEW_PLACEMENTS = "view-placements"
    VIEW_MONEY = "view-money"
    APPROVE_CLAIMS = "approve-claims"
    RECORD_PAYMENTS = "record-payments"
    VIEW_OVERSIGHT = "view-oversight"
    VIEW_WAIVERS = "view-waivers"
    EDIT_WAIVERS = "edit-waivers"
    IMPORT_DATA = "import-data"
    VIEW_CONCERNS = "view-concerns"
    VIEW_ACCESS_LOG = "view-access-log"
    MANAGE_USERS = "manage-users"
    MANAGE_SETTINGS = "manage-settings"
    SET_BUDGETS = "set-budgets"
    REFER_AS_SCHOOL = "refer-as-school"
    VIEW_OWN_PUPILS = "view-own-pupils"
    MANAGE_OWN_SERVICES = "manage-own-services"
    VIEW_OWN_PLACEMENTS = "view-own-placements"
    RECORD_SESSIONS = "record-sessions"
    MAKE_CLAIMS = "make-claims"
    APPLY = "apply"
    VIEW_OWN_REQUESTS = "view-own-requests"


class Tag(StrEnum):
    ACCOUNT_OPENED = "shared:user:opened"
    ACCOUNT_CHANGED = "shared:user:changed"
    ACCOUNT_CLOSED = "shared:user:closed"
    ACCOUNT_REOPENED = "shared:user:reopened"
    ORGANISATION_ADDED = "shared:organisation:added"
    MEMBER_ADDED = "shared:membership:added"
    MEMBER_REMOVED = "shared:membership:removed"
