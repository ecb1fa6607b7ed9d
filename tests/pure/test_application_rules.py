from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.market.applications.enums import About, Kind, PassKind, Result, Status
from flsf.market.applications.rules import (
    BY_START,
    DEFAULT_SET,
    MOVES,
    Breach,
    OnlyIf,
    Pass,
    Question,
    Said,
    WantedLot,
    as_data,
    breaches,
    fingerprint,
    from_data,
    judge,
    judge_one,
    may_be_forgotten,
    nudge_due,
    possible,
    read,
)
from flsf.market.applications.rules.sheet import Sheet
from flsf.market.checks.rules import DEFAULT_CHECKS
from tests.factories import TODAY
from tests.factories_applications import CHARITY

MENTORING = WantedLot("mentoring", "Mentoring", "an hour")
INSURED = DEFAULT_SET.question("public-liability")
PRICE = DEFAULT_SET.question("price").with_lot("mentoring", "Mentoring", "an hour")
ANY_QUESTION = st.sampled_from(DEFAULT_SET.questions)


def said(**changed) -> dict[str, Said]:
    typed = CHARITY | {code.replace("_", "-"): value for code, value in changed.items()}
    return {code: Said(tuple(value)) for code, value in typed.items()}


def sheet(answers=None, lots=(MENTORING,)) -> Sheet:
    return judge(DEFAULT_SET, answers or said(), lots=lots, on=TODAY)


def changed(question: Question):
    """The default set with one question as given."""
    asked = tuple(question if one.code == question.code else one for one in DEFAULT_SET.questions)
    return replace(DEFAULT_SET, questions=asked)


def found(question: Question) -> set[Breach]:
    return {one.breach for one in breaches(changed(question)) if one.code == question.code}


# --- The set a council starts with ---


def test_the_default_set_keeps_the_law_and_says_where_it_comes_from():
    assert breaches(DEFAULT_SET) == []
    assert all(one.source for one in DEFAULT_SET.questions)
    named = {one.check for one in DEFAULT_SET.questions} - {""}
    assert named == {one.code for one in DEFAULT_CHECKS}
    about = {one.about for one in DEFAULT_SET.questions}
    assert {About.MANDATORY_EXCLUSION, About.DISCRETIONARY_EXCLUSION, About.INSURANCE} <= about


def test_a_set_is_data():
    kept = as_data(DEFAULT_SET)
    assert from_data(kept) == DEFAULT_SET
    assert fingerprint(kept) == fingerprint(dict(reversed(kept.items())))
    assert fingerprint(kept) != fingerprint(as_data(replace(DEFAULT_SET, title="Other")))


# --- What may not be asked ---


@given(ANY_QUESTION, st.sampled_from([Kind.FILE, Kind.DATE]))
def test_no_paper_or_date_of_insurance_may_be_asked_of_everybody(question, kind):
    demanding = replace(
        question, kind=kind, about=About.INSURANCE, only_if=(), is_required=True, pass_if=None
    )
    assert Breach.INSURANCE_BEFORE_AWARD in found(demanding)
    following = replace(demanding, only_if=(OnlyIf("public-liability", ("yes",)),))
    if following.code not in ("public-liability", *_before(INSURED)):
        assert Breach.INSURANCE_BEFORE_AWARD not in found(following)


def _before(question):
    codes = [one.code for one in DEFAULT_SET.questions]
    return codes[: codes.index(question.code)]


@given(st.sampled_from([one for one in DEFAULT_SET.questions if one.kind is Kind.CHOICE]))
def test_insurance_always_may_be_promised(question):
    now = replace(
        question,
        about=About.INSURANCE,
        only_if=(),
        options=(("yes", "Yes"), ("no", "No")),
        pass_if=Pass(PassKind.ONE_OF, ("yes",)),
        justification="Because.",
    )
    assert found(now) == {Breach.INSURANCE_BEFORE_AWARD}
    later = (("yes", "Yes"), (BY_START, "Not yet"), ("no", "No"))
    promised = replace(now, options=later, pass_if=Pass(PassKind.ONE_OF, ("yes", BY_START)))
    assert found(promised) == set()


@given(ANY_QUESTION)
def test_whatever_can_fail_an_applicant_says_why(question):
    silent = replace(question, justification=" ")
    assert (Breach.NO_JUSTIFICATION in found(silent)) is (question.pass_if is not None)


@given(ANY_QUESTION, st.sampled_from([About.MANDATORY_EXCLUSION, About.DISCRETIONARY_EXCLUSION]))
def test_every_ground_for_exclusion_lets_the_applicant_explain(question, about):
    hard = replace(question, about=about, mitigation_allowed=False)
    assert Breach.NO_SELF_CLEANING in found(hard)
    assert Breach.NO_SELF_CLEANING not in found(replace(hard, mitigation_allowed=True))


@given(ANY_QUESTION, st.sampled_from(["QTS", "a degree", "NVQ level 3", "a PGCE"]))
def test_no_qualification_without_or_equivalent(question, named):
    asked = replace(question, asks=f"Do you hold {named}?", help="", remedy="", is_required=True)
    assert Breach.NO_EQUIVALENT in found(asked)
    assert Breach.NO_EQUIVALENT not in found(replace(asked, help="Or equivalent."))


@pytest.mark.parametrize(
    ("question", "breach"),
    [
        (replace(PRICE, code="accounts", kind=Kind.FILE, only_if=(), asks="Your audited accounts"),
         Breach.ACCOUNTS_NOT_DUE),
        (replace(DEFAULT_SET.question("accounts"), only_if=(), is_required=True),
         Breach.ACCOUNTS_NOT_DUE),
        (replace(DEFAULT_SET.question("vat"), about=About.PAST_CONTRACTS), Breach.PAST_CONTRACT),
        (replace(DEFAULT_SET.question("vat"), pass_if=Pass(PassKind.ONE_OF, ("yes",)),
                 justification="x", asks="Have you a previous contract with a council?"),
         Breach.PAST_CONTRACT),
        (replace(DEFAULT_SET.question("vat"), asks="Are you insured?", kind=Kind.FILE),
         Breach.INSURANCE_BEFORE_AWARD),
        (replace(DEFAULT_SET.question("vat"), section="none"), Breach.NO_SECTION),
        (replace(DEFAULT_SET.question("vat"), asks=" "), Breach.NO_WORDS),
        (replace(DEFAULT_SET.question("kind"), options=(("a", "A"),)), Breach.TOO_FEW_OPTIONS),
        (replace(DEFAULT_SET.question("name"), only_if=(OnlyIf("true", ("agreed",)),)),
         Breach.ASKED_AFTER),
        (replace(DEFAULT_SET.question("vat"), only_if=(OnlyIf("kind", ("guild",)),)),
         Breach.IMPOSSIBLE),
        (replace(INSURED, pass_if=Pass(PassKind.ONE_OF, ("maybe",))), Breach.IMPOSSIBLE),
        (replace(PRICE, code="price", pass_if=Pass(PassKind.AT_LEAST, ("lots",))),
         Breach.IMPOSSIBLE),
        (replace(DEFAULT_SET.question("name"), pass_if=Pass(PassKind.IN_DATE),
                 justification="x"), Breach.IMPOSSIBLE),
        (replace(DEFAULT_SET.question("name"), pass_if=Pass(PassKind.AGREED),
                 justification="x"), Breach.IMPOSSIBLE),
    ],
)  # fmt: skip
def test_each_breach_is_named_with_its_question(question, breach):
    assert breach in found(question)
    [told] = [str(one) for one in breaches(changed(question)) if one.breach is breach]
    assert breach.value in told


def test_a_code_is_used_once_and_the_kind_is_asked():
    twice = replace(DEFAULT_SET, questions=(*DEFAULT_SET.questions, DEFAULT_SET.questions[-1]))
    assert [one.breach for one in breaches(twice)] == [Breach.SAME_CODE]
    without = replace(DEFAULT_SET, questions=(DEFAULT_SET.question("vat"),))
    assert [str(one) for one in breaches(without)] == [Breach.NO_KIND.value]


def test_what_another_question_may_hang_on():
    assert possible(DEFAULT_SET.question("vat")) == {"yes", "no"}
    assert possible(DEFAULT_SET.question("true")) == {"agreed"}
    assert possible(INSURED) == {"yes", BY_START, "no"}


# --- What people type ---


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("£45 an hour", 4500),
        ("45", 4500),
        ("45.50", 4550),
        ("£1,250", 125000),
        ("45/hr", 4500),
        ("45.00 per hour", 4500),
        ("45 pounds", 4500),
        ("2k", 200000),
    ],
)
def test_prices_as_people_write_them(typed, pence):
    assert read(PRICE, [typed]).value == pence


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("45-60", "one price"),
        ("45 \u2013 60", "one price"),
        ("£45 to £60", "one price"),
        ("45 or 60", "one price"),
        ("£45 a day", "the price of an hour, not a day"),
        ("negotiable", "in pounds"),
        ("45 60", "in pounds"),
        ("1,000,001", "at most £1,000,000"),
        ("9" * 400, "in pounds"),
    ],
)
def test_prices_that_are_none(typed, says):
    assert says in read(PRICE, [typed]).trouble


@pytest.mark.parametrize(
    "typed",
    [["31 3 2027"], ["31/03/27"], ["31st March 2027"], ["31", "Mar", "2027"], ["2027-03-31"]],
)
def test_dates_as_people_write_them(typed):
    assert read(DEFAULT_SET.question("dbs-date"), typed).value == "2027-03-31"


@pytest.mark.parametrize("typed", ["31 2 2027", "soon", "1 1", "1 1 99999", "1 13 2027", "0 0 0"])
def test_dates_that_are_none(typed):
    assert "31 3 2027" in read(DEFAULT_SET.question("dbs-date"), [typed]).trouble


@given(ANY_QUESTION, st.lists(st.text(max_size=60), max_size=3))
def test_nothing_that_can_be_typed_is_beyond_an_answer(question, typed):
    """It is a value, or it is told how to mend it; never both, never neither but for nothing."""
    answer = read(question, typed)
    nothing = not [one for one in typed if one.strip()]
    assert (answer.value is None) is (nothing or bool(answer.trouble))
    judged = judge_one(question, Said(tuple(typed)), on=TODAY)
    assert (judged.result is Result.MISSING) is nothing
    if judged.result in (Result.UNREADABLE, Result.FAILED):
        assert judged.trouble


@given(st.integers(1, 10**8), st.sampled_from(["", "£"]), st.sampled_from(["", " an hour", "/hr"]))
def test_an_amount_is_read_as_it_is_written(pence, sign, unit):
    typed = f"{sign}{pence // 100:,}.{pence % 100:02}{unit}"
    assert read(PRICE, [typed]).value == pence


# --- What is asked of whom ---


def test_a_one_person_charity_is_asked_in_proportion():
    asked = sheet()
    assert asked.is_ready
    codes = set(asked.by_code)
    spared = {"employers-liability", "must-audit", "accounts", "recruitment", "quality-checks"}
    assert not codes & (spared | {"company-number", "owners", "therapists", "not-a-school"})
    assert [one.not_needed for one in asked.spared] == [
        "Employers' liability insurance is not needed: you employ nobody."
    ]


def test_what_is_asked_follows_from_what_was_said():
    codes = set(sheet(said(kind=["company"], employees=["yes"], area=["national"])).by_code)
    assert {"employers-liability", "must-audit", "owners", "recruitment"} <= codes
    sole = set(sheet(said(kind=["sole_trader"])).by_code)
    assert not sole & {"record", "barred", "charity-number"}
    unsaid = sheet(said(employees=[""]))
    assert "employers-liability" not in unsaid.by_code
    assert unsaid.spared == ()


def test_each_lot_has_its_price_and_its_own_questions():
    therapy = WantedLot("therapies", "Therapies", "an hour")
    asked = sheet(lots=(MENTORING, therapy))
    assert {"price--mentoring", "price--therapies", "therapists"} <= set(asked.by_code)
    assert asked.by_code["price--therapies"].question.asks == "Therapies: your price for an hour"


@given(ANY_QUESTION)
def test_every_answer_withdrawn_leaves_the_sheet_unready_or_the_answer_needless(question):
    """No required question can be skipped by leaving it out."""
    answers = said()
    code = "price--mentoring" if question.code == "price" else question.code
    if code not in sheet().by_code:
        return
    answers.pop(code, None)
    assert sheet(answers).is_ready is (not question.is_required)


def test_insurance_is_judged_on_the_day():
    until = said(public_liability_until=["15 May 2026"])
    assert sheet(until).is_ready
    late = judge(DEFAULT_SET, until, lots=[MENTORING], on=date(2026, 5, 16))
    [waiting] = late.waiting
    assert waiting.trouble.startswith(
        "This ran out on 15 May 2026. It passes with a date of 16 May 2026 or later."
    )


@pytest.mark.parametrize(
    ("rule", "kind", "typed", "result"),
    [
        (Pass(PassKind.AT_LEAST, ("2",)), Kind.NUMBER, "1", Result.FAILED),
        (Pass(PassKind.AT_LEAST, ("2",)), Kind.NUMBER, "two", Result.PASSED),
        (Pass(PassKind.AT_MOST, ("4500",)), Kind.MONEY, "45", Result.PASSED),
        (Pass(PassKind.AT_MOST, ("4500",)), Kind.MONEY, "45.01", Result.FAILED),
        (Pass(PassKind.AGREED), Kind.DECLARATION, "on", Result.PASSED),
        (None, Kind.TEXT, "x", Result.TAKEN),
    ],
)
def test_rules_to_pass(rule, kind, typed, result):
    one = Question(code="x", kind=kind, asks="?", section="about", pass_if=rule)
    assert judge_one(one, Said((typed,)), on=TODAY).result is result


def test_all_that_must_be_chosen_is_named():
    one = Question(
        code="x",
        kind=Kind.MANY,
        asks="?",
        section="about",
        options=(("a", "Apples"), ("b", "Bread")),
        pass_if=Pass(PassKind.ALL_OF, ("a", "b")),
    )
    assert judge_one(one, Said(("b", "a")), on=TODAY).result is Result.PASSED
    failed = judge_one(one, Said(("a",)), on=TODAY)
    assert failed.trouble == "This would not pass. It passes with all of: Apples, Bread."
    assert failed.words == "Apples"


# --- Clocks and statuses ---


def test_every_status_can_be_left_but_the_last():
    assert set(MOVES) == set(Status)
    assert [one for one, after in MOVES.items() if not after] == [Status.ACCEPTED]


@given(st.integers(0, 400), st.sets(st.sampled_from([14, 30])))
def test_a_nudge_is_never_early_and_never_twice(days, nudged):
    due = nudge_due(TODAY, frozenset(nudged), on=date.fromordinal(TODAY.toordinal() + days))
    if due is not None:
        assert due <= days
        assert due not in nudged


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 800))
def test_nothing_goes_within_a_year(touched, days):
    on = date.fromordinal(touched.toordinal() + days)
    if may_be_forgotten(touched, on=on):
        assert days >= 365
