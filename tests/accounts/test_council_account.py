"""Signing in with the council's own account, against a provider that answers on this machine."""

from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import clear_url_caches, reverse

from flsf.core.people import SYSTEM
from flsf.shared.accounts import actions
from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.models import User
from tests.accounts import oidc
from tests.factories import NOW, council_member


@pytest.fixture
def provider(db, settings):
    with oidc.running() as running:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "EMAIL_AUTHENTICATION": True,
                "VERIFIED_EMAIL": True,
                "APPS": [
                    {
                        "provider_id": "council",
                        "name": "your Borsetshire account",
                        "client_id": oidc.CLIENT,
                        "secret": oidc.SECRET,
                        "settings": {"server_url": running.address},
                    }
                ],
            }
        }
        settings.ROOT_URLCONF = "tests.accounts.urls_with_council"
        clear_url_caches()
        yield running


@pytest.fixture
def officer(db):
    return council_member(Role.FINANCE)


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *_, **__):
        return None


def come_back(client, begun):
    """Through the provider's page, as a browser would go, and back to ours."""
    try:
        build_opener(ProxyHandler({}), Stay).open(begun.url, timeout=10)
    except OSError as sent_on:
        back = urlsplit(sent_on.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def sign_in(client):
    start = reverse("openid_connect_login", kwargs={"provider_id": "council"})
    return come_back(client, client.post(start))


def claims(person, **more):
    return {"sub": "s-1", "email": person.email, "name": person.name} | more


def test_the_sign_in_page_offers_it(provider):
    page = Client().get(reverse("sign-in")).content.decode()
    assert "your Borsetshire account" in page


def test_somebody_known_signs_in_and_is_known_again(provider, officer):
    provider.person, client = claims(officer), Client()
    assert sign_in(client).url == reverse("home")
    assert client.get(reverse("your-pages")).status_code == 200
    assert provider.asked[0]["code_challenge_method"] == "S256"
    assert SocialAccount.objects.get().user == officer
    again = Client()
    assert sign_in(again).url == reverse("home")
    assert SocialAccount.objects.count() == 1


def test_ours_is_asked_for_still_unless_theirs_counts(provider, officer, settings):
    settings.FLSF_SECOND_FACTOR = True
    provider.person, client = claims(officer), Client()
    sign_in(client)
    assert client.get(reverse("your-pages")).url == reverse("second-factor")
    settings.FLSF_OIDC_HAS_SECOND_FACTOR = True
    other = Client()
    sign_in(other)
    assert other.get(reverse("your-pages")).status_code == 200


def test_somebody_unknown_is_refused_and_gets_no_account(provider, officer):
    before = User.objects.count()
    provider.person, client = claims(officer, sub="s-2", email="new@borsetshire.example"), Client()
    answer = sign_in(client)
    assert answer.status_code == 403
    assert "You have no account here yet" in answer.content.decode()
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert client.get(reverse("your-pages")).status_code == 302


def test_nobody_is_let_in_without_an_address(provider, officer):
    before = User.objects.count()
    provider.person, client = {"sub": "s-3", "name": officer.name}, Client()
    assert "You have no account here yet" in sign_in(client).content.decode()
    assert User.objects.count() == before


@pytest.mark.parametrize("is_known_there", [False, True])
def test_a_closed_account_stays_closed(provider, officer, is_known_there):
    provider.person, client = claims(officer), Client()
    if is_known_there:
        sign_in(Client())
    actions.close_account(user_id=officer.pk, by=SYSTEM, at=NOW)
    answer = sign_in(client)
    assert answer.url == reverse("account_inactive")
    assert "closed" in client.get(answer.url).content.decode()
    assert client.get(reverse("your-pages")).status_code == 302


def test_who_stops_before_the_end_is_told_so(provider):
    answer = sign_in(Client())
    assert answer.url == reverse("socialaccount_login_cancelled")
    assert "You stopped before the end" in Client().get(answer.url).content.decode()


def test_an_answer_to_nothing_we_asked_lets_nobody_in(provider, officer):
    provider.person, client = claims(officer), Client()
    begun = client.post(reverse("openid_connect_login", kwargs={"provider_id": "council"}))
    page = come_back(Client(), begun)
    assert "did not work" in page.content.decode()


def test_a_secret_that_is_not_ours_is_told_in_words(provider, officer, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["secret"] = "another"
    provider.person, client = claims(officer), Client()
    assert "did not work" in sign_in(client).content.decode()
    assert client.get(reverse("your-pages")).status_code == 302


def test_the_page_before_the_councils_own_says_where_it_leads(provider):
    start = reverse("openid_connect_login", kwargs={"provider_id": "council"})
    body = Client().get(start).content.decode()
    assert "You will be taken to the council" in body
    assert "Continue" in body


def test_the_page_of_ones_council_account_says_who_looks_after_it(provider, officer):
    client = Client()
    client.force_login(officer)
    body = client.get(reverse("socialaccount_connections")).content.decode()
    assert "looked after by the council" in body
