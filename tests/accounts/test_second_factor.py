"""Staff and providers prove themselves twice."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.accounts.rules import need_second_factor
from tests.factories import council_member, member_of, organisation

SIGN_IN, SET_UP, PAGES = reverse("sign-in"), reverse("second-factor"), reverse("your-pages")


@pytest.fixture(autouse=True)
def _asked_for(settings):
    settings.FLSF_SECOND_FACTOR = True


@pytest.fixture
def officer(db):
    return council_member(Role.FINANCE)


def by_password(person):
    client = Client()
    client.post(SIGN_IN, {"login": person.email, "password": "x"})
    return client


def code_for(secret):
    return totp.format_hotp_value(
        totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))
    )


def test_only_families_schools_and_those_who_apply_go_without():
    without = {role for role in Role if not need_second_factor([role])}
    assert without == {Role.PARENT, Role.YOUNG_PERSON, Role.SENCO, Role.APPLICANT}


def test_an_officer_sets_one_up_before_any_page(officer):
    client = by_password(officer)
    assert client.get(PAGES).url == SET_UP
    assert "Set up a second step" in client.get(SET_UP).content.decode()


def test_a_provider_sets_one_up_before_any_page(db):
    person = member_of(organisation(OrganisationKind.PROVIDER), Role.PRACTITIONER)
    assert by_password(person).get(PAGES).url == SET_UP


def test_a_parent_is_not_asked(db):
    assert by_password(member_of(None, Role.PARENT)).get(PAGES).status_code == 200


def test_an_app_is_set_up_with_the_code_it_shows(officer):
    client = by_password(officer)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"Key: <code>(\w+)</code>", page)[1]
    assert "<svg" in page
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "That code is not right" in wrong
    done = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert done.url == reverse("mfa_view_recovery_codes")
    codes = client.get(done.url).content.decode()
    assert len(re.findall(r"<li><code>\d{8}</code>", codes)) == 10
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 200
    assert client.get(PAGES).status_code == 200


def test_the_secret_is_unreadable_in_the_database(officer, second_factor):
    secret = second_factor(officer)
    kept = Authenticator.objects.get(user=officer)
    assert secret not in str(kept.data)
    assert kept.wrap().validate_code(code_for(secret))


def test_the_code_is_asked_for_after_the_password(officer, second_factor):
    secret = second_factor(officer)
    client = by_password(officer)
    step = reverse("mfa_authenticate")
    assert client.get(PAGES).url == f"{SIGN_IN}?next={PAGES}"
    assert "Second step" in client.get(step).content.decode()
    assert "That code is not right" in client.post(step, {"code": "000000"}).content.decode()
    assert client.post(step, {"code": code_for(secret)}).url == reverse("home")
    assert client.get(PAGES).status_code == 200


def test_a_code_is_not_taken_twice(officer, second_factor):
    secret = second_factor(officer)
    step, code = reverse("mfa_authenticate"), code_for(secret)
    assert by_password(officer).post(step, {"code": code}).status_code == 302
    assert by_password(officer).post(step, {"code": code}).status_code == 200


def test_a_person_who_has_one_is_looked_up_once_in_a_session(
    officer, second_factor, django_assert_num_queries
):
    second_factor(officer)
    client = Client()
    client.force_login(officer)
    client.get(PAGES)
    with django_assert_num_queries(3):  # session, person, memberships
        assert client.get(PAGES).status_code == 200


def test_taking_the_app_away_brings_the_question_back_at_the_next_sign_in(officer, second_factor):
    second_factor(officer)
    client = by_password(officer)
    client.force_login(officer)
    Authenticator.objects.all().delete()
    assert by_password(officer).get(PAGES).url == SET_UP


def test_a_persona_of_the_demonstration_has_none_to_give(officer, settings):
    settings.FLSF_DEMO = True
    officer.persona = "finance"
    officer.save()
    assert by_password(officer).get(PAGES).status_code == 200
    settings.FLSF_DEMO = False
    assert by_password(officer).get(PAGES).url == SET_UP


def test_the_councils_own_service_counts_only_if_the_settings_say_so(officer, settings):
    client = Client()
    client.force_login(officer)
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": time.time()}]
    session["account_authentication_methods_user"] = str(officer.pk)
    session.save()
    assert client.get(PAGES).url == SET_UP
    settings.FLSF_OIDC_HAS_SECOND_FACTOR = True
    assert client.get(PAGES).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        *("mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_generate_recovery_codes"),
        *("account_change_password", "account_reauthenticate"),
    ],
)
def test_pages_of_ones_own_account_are_in_our_dress(officer, name):
    page = by_password(officer).get(reverse(name)).content.decode()
    assert page.count("<h1") == 1
    assert "govuk-service-navigation" in page
    assert " style=" not in page


def test_a_key_can_be_added_named_and_removed(officer):
    client = by_password(officer)
    assert "passkey_data" in client.get(reverse("mfa_add_webauthn")).content.decode()
    key = Authenticator.objects.create(
        user=officer,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Blue key", "credential": {}},
    )
    assert "Blue key" in client.get(reverse("mfa_list_webauthn")).content.decode()
    edit = reverse("mfa_edit_webauthn", kwargs={"pk": key.pk})
    assert client.get(edit).status_code == 200
    client.post(edit, {"name": "Red key"})
    assert "Red key" in client.get(reverse("mfa_list_webauthn")).content.decode()
    remove = reverse("mfa_remove_webauthn", kwargs={"pk": key.pk})
    assert "Remove the key" in client.get(remove).content.decode()
    client.post(remove)
    assert not Authenticator.objects.exists()


def test_somebody_elses_key_cannot_be_reached(officer):
    key = Authenticator.objects.create(
        user=council_member(), type=Authenticator.Type.WEBAUTHN, data={"name": "Theirs"}
    )
    client = by_password(officer)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.post(reverse(name, kwargs={"pk": key.pk})).status_code == 404


def test_passkey_sign_in_hands_the_browser_a_fresh_challenge(db):
    def ask():
        return Client().get(reverse("mfa_login_webauthn"), HTTP_ACCEPT="application/json").json()

    one, other = (ask()["request_options"]["publicKey"]["challenge"] for _ in range(2))
    assert one != other
    assert Client().post(reverse("mfa_login_webauthn"), {"credential": "{}"}).status_code == 302


def test_confirming_and_stopping_ask_again_when_it_was_long_ago(officer, second_factor):
    second_factor(officer)
    client = Client()
    client.force_login(officer)
    stop = reverse("mfa_deactivate_totp")
    assert client.get(stop).url.startswith(reverse("account_reauthenticate"))
    for name in ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"):
        assert client.get(reverse(name)).status_code in (200, 302)
    client.post(f"{reverse('account_reauthenticate')}?next={stop}", {"password": "x"})
    assert "Stop using it" in client.get(stop).content.decode()
    client.post(stop)
    assert not Authenticator.objects.filter(type="totp").exists()
