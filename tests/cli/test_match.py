"""`flsf match`: the same answer as the page, for scripts."""

import json

import pytest

from flsf.casework.matching.models import Shortlist
from flsf.cli import main as cli
from tests.factories_matching import scene, service

pytestmark = pytest.mark.django_db


def test_ranked_services_have_points_and_the_others_every_reason(capsys):
    at = scene()
    late = service(at.lot, days_to_start=30, lowest_age=17)
    assert cli.main(["match", at.referral.ref.lower(), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    [first], [out] = said["ranked"], said["excluded"]
    assert (first["rank"], first["service"]) == (1, at.service.ref)
    weights = said["weights"]
    assert first["total"] == sum(weights[term] * first["points"][term] for term in weights)
    assert out["service"] == late.ref
    assert [one["rule"] for one in out["reasons"]] == ["age", "start"]
    assert said["counts"]["start"] == 1
    assert at.child.last_name not in json.dumps(said)
    assert not Shortlist.objects.exists()


def test_it_reads_as_text_and_refuses_what_it_does_not_know(capsys):
    at = scene()
    assert cli.main(["match", at.referral.ref]) == 0
    assert "1 fit, 0 are excluded" in capsys.readouterr().out
    assert cli.main(["match", "R-NONE2", "--json"]) == 2
    assert "no referral" in json.loads(capsys.readouterr().out)["refused"]
