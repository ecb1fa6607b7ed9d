"""Who applies, grounds for exclusion, insurance and finances."""

from flsf.market.applications.enums import About, Kind, PassKind, Variant
from flsf.market.applications.rules.limits import BY_START
from flsf.market.applications.rules.questions import NO, YES, OnlyIf, Pass, Question
from flsf.market.checks.enums import Theme
from flsf.market.providers.enums import TYPE_CHOICES

PA23 = "Procurement Act 2023"
REGULATION = "Procurement Regulations 2024, regulation 6"
LEGAL = Theme.LEGAL
IS_NO = Pass(PassKind.ONE_OF, (NO,))
CLEANED = (
    "Say what happened and when, and what you have changed so that it cannot happen again. "
    "Two people read it before anything is decided."
)

ABOUT = (
    Question(
        code="name",
        kind=Kind.TEXT,
        asks="What is your organisation called?",
        help="If you work for yourself, your own name or the name you trade under.",
        section="about",
        fills="name",
        is_public=True,
        check="legal-identity",
        source=REGULATION,
    ),
    Question(
        code="kind",
        kind=Kind.CHOICE,
        asks="What are you in law?",
        options=(
            (Variant.SOLE_TRADER.value, "I work for myself (sole trader)"),
            (Variant.VOLUNTARY.value, "A charity or community organisation"),
            (Variant.COMPANY.value, "A company"),
            (Variant.PUBLIC.value, "A public body, such as a school or college"),
        ),
        section="about",
        fills="kind",
        check="legal-identity",
        source=REGULATION,
    ),
    Question(
        code="types",
        kind=Kind.MANY,
        asks="Which of these are you?",
        help="Choose all that fit. Choose none if none fits.",
        options=tuple(TYPE_CHOICES),
        section="about",
        is_required=False,
        source="Announcement of the framework: a wide range of providers",
    ),
    Question(
        code="area",
        kind=Kind.CHOICE,
        asks="Where do you work?",
        options=(
            ("local", "Here and nearby"),
            ("regional", "In several councils' areas"),
            ("national", "Across the country"),
        ),
        section="about",
        is_public=True,
        source="Cabinet report, paragraph 25: how much of the market is local",
    ),
    Question(
        code="employees",
        kind=Kind.YES_NO,
        asks="Do you employ anybody?",
        help="Anybody on your payroll. Do not count yourself, trustees or volunteers.",
        section="about",
        source="Employers' Liability (Compulsory Insurance) Act 1969",
    ),
    Question(
        code="company-number",
        kind=Kind.TEXT,
        asks="What is your company number?",
        help="It has 8 characters. It is on the Companies House website.",
        section="about",
        page=2,
        variants=(Variant.COMPANY,),
        fills="company_number",
        check="legal-identity",
        source=REGULATION,
    ),
    Question(
        code="charity-number",
        kind=Kind.TEXT,
        asks="What is your charity number?",
        help="Leave it empty if you are not registered. Small groups need not be.",
        section="about",
        page=2,
        variants=(Variant.VOLUNTARY,),
        is_required=False,
        fills="charity_number",
        check="legal-identity",
        source=REGULATION,
    ),
    Question(
        code="owners",
        kind=Kind.TEXT,
        asks="Who owns or controls it?",
        help="Names of directors and of anybody who owns more than a quarter.",
        section="about",
        page=2,
        variants=(Variant.COMPANY,),
        check="legal-identity",
        source=f"{REGULATION}: connected persons",
    ),
    Question(
        code="central-number",
        kind=Kind.TEXT,
        asks="Your number on the Find a Tender service",
        help="You can apply without one. You need one before we can agree anything with you.",
        section="about",
        page=2,
        is_required=False,
        check="legal-identity",
        source=REGULATION,
    ),
    Question(
        code="phone",
        kind=Kind.TEXT,
        asks="A telephone number for us to call",
        section="about",
        page=2,
        fills="phone",
        source="So that we can ask rather than turn you down",
    ),
)


def _ground(code: str, asks: str, about: About, listed: str, source: str) -> Question:
    return Question(
        code=code,
        kind=Kind.YES_NO,
        asks=asks,
        help=listed,
        section="past",
        page=1 if about is About.MANDATORY_EXCLUSION else 2,
        pass_if=IS_NO,
        remedy="You can still apply: explain it in the box.",
        mitigation_allowed=True,
        mitigation_asks=CLEANED,
        about=about,
        is_reusable=False,
        check="exclusion-grounds",
        theme=LEGAL,
        justification="The law says we must look at these grounds for everybody who applies.",
        source=source,
    )


SCHEDULE_6, SCHEDULE_7 = f"{PA23}, Schedule 6", f"{PA23}, Schedule 7"
MUST, MAY = About.MANDATORY_EXCLUSION, About.DISCRETIONARY_EXCLUSION
WHOEVER = "In the last five years, you or anybody who owns, runs or controls your organisation."

GROUNDS = (
    _ground(
        "crimes",
        "Has anybody been convicted of a serious crime?",
        MUST,
        f"{WHOEVER} Corporate manslaughter, terrorism, theft, fraud, bribery, money laundering, "
        "organised crime, or the same in another country.",
        f"{SCHEDULE_6}, paragraphs 1 to 13 and 17 to 20",
    ),
    _ground(
        "slavery",
        "Has anybody been convicted over slavery, trafficking or the minimum wage?",
        MUST,
        WHOEVER,
        f"{SCHEDULE_6}, paragraphs 14 to 16",
    ),
    _ground(
        "tax",
        "Has anybody evaded tax, or had a penalty for it?",
        MUST,
        WHOEVER,
        f"{SCHEDULE_6}, tax offences and misconduct",
    ),
    _ground(
        "cartels",
        "Has anybody broken competition law by a cartel?",
        MUST,
        WHOEVER,
        f"{SCHEDULE_6}, competition law infringements",
    ),
    _ground(
        "debarred",
        "Is anybody on the government's debarment list, or being looked into for it?",
        MUST,
        "You or anybody who owns, runs or controls your organisation.",
        f"{PA23}, sections 57 and 62; Schedule 6, failure to cooperate",
    ),
    _ground(
        "insolvent",
        "Is your organisation insolvent, or has it stopped trading?",
        MAY,
        "In the last three years.",
        f"{SCHEDULE_7}, insolvency and ceased business",
    ),
    _ground(
        "misconduct",
        "Has anybody been found to have acted wrongly in their work?",
        MAY,
        f"{WHOEVER} Grave misconduct, harm to the environment, an order over how workers were "
        "treated, or a breach of competition law.",
        f"{SCHEDULE_7}, professional, environmental, labour market and competition grounds",
    ),
    _ground(
        "broken-contracts",
        "Has a public contract been ended, or damages paid, because you broke it?",
        MAY,
        "In the last five years. Say yes also if a council published that you did badly.",
        f"{SCHEDULE_7}, breach of contract and poor performance",
    ),
    _ground(
        "unfair-bidding",
        "Has anybody misled a public body, or tried to sway its choice unfairly?",
        MAY,
        WHOEVER,
        f"{SCHEDULE_7}, acting improperly in procurement; national security",
    ),
)


def _insurance(
    code: str,
    check: str,
    what: str,
    cover: str,
    source: str,
    only_if: tuple[OnlyIf, ...] = (),
    not_needed: str = "",
) -> tuple[Question, ...]:
    """Have it or promise it; dates and papers only of those who have it (P23)."""
    return (
        Question(
            code=code,
            kind=Kind.CHOICE,
            asks=f"Do you have {what} of {cover} or more?",
            options=(
                (YES, "Yes"),
                (BY_START, "Not yet. I will have it before I start"),
                (NO, "No"),
            ),
            section="insurance",
            only_if=only_if,
            not_needed=not_needed,
            pass_if=Pass(PassKind.ONE_OF, (YES, BY_START)),
            remedy="You can promise to have it before you start: choose “Not yet”.",
            about=About.INSURANCE,
            check=check,
            justification="Children, families and the council are covered if something goes wrong.",
            source=source,
        ),
        *_proof(code, check, what, source, (*only_if, OnlyIf(code, (YES,)))),
    )


def _proof(
    code: str, check: str, what: str, source: str, only_if: tuple[OnlyIf, ...]
) -> tuple[Question, ...]:
    """Until when it holds, and a photo of it."""
    return (
        Question(
            code=f"{code}-until",
            kind=Kind.DATE,
            asks=f"When does your {what} run out?",
            help="For example, 31 3 2027",
            section="insurance",
            page=2,
            only_if=only_if,
            pass_if=Pass(PassKind.IN_DATE),
            remedy=(
                "If you have renewed it, give the new date. If not, go back and choose “Not yet”."
            ),
            about=About.INSURANCE,
            check=check,
            expires_after=12,
            justification="An old certificate covers nobody.",
            source=source,
        ),
        Question(
            code=f"{code}-paper",
            kind=Kind.FILE,
            asks=f"Your {what} certificate",
            help="A photo of it will do. You can also send it later, before you start.",
            section="insurance",
            page=2,
            only_if=only_if,
            is_required=False,
            about=About.INSURANCE,
            check=check,
            expires_after=12,
            source=source,
        ),
    )


INSURANCE = (
    *_insurance(
        "public-liability",
        "public-liability",
        "public liability insurance",
        "£5 million",
        "Common practice of English councils: £5m",
    ),
    *_insurance(
        "professional-indemnity",
        "professional-indemnity",
        "professional indemnity insurance",
        "£1 million",
        "House rule: £1m",
    ),
    *_insurance(
        "employers-liability",
        "employers-liability",
        "employers' liability insurance",
        "£5 million",
        "Employers' Liability (Compulsory Insurance) Act 1969: £5m",
        only_if=(OnlyIf("employees", (YES,)),),
        not_needed="Employers' liability insurance is not needed: you employ nobody.",
    ),
    Question(
        code="must-audit",
        kind=Kind.YES_NO,
        asks="Does the law say that your accounts must be audited?",
        help="Most small charities, small companies and people who work for themselves: no.",
        section="insurance",
        page=3,
        variants=(Variant.COMPANY, Variant.PUBLIC, Variant.NATIONAL),
        about=About.ACCOUNTS,
        check="financial-standing",
        source=f"{PA23}, section 22(3)(a)",
    ),
    Question(
        code="accounts",
        kind=Kind.FILE,
        asks="Your latest audited accounts, or other proof that you can pay your way",
        section="insurance",
        page=4,
        variants=(Variant.COMPANY, Variant.PUBLIC, Variant.NATIONAL),
        only_if=(OnlyIf("must-audit", (YES,)),),
        is_required=False,
        about=About.ACCOUNTS,
        check="financial-standing",
        expires_after=12,
        source=f"{PA23}, section 22(3)(a)",
    ),
)

WHO = (*ABOUT, *GROUNDS, *INSURANCE)
