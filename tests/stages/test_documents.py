"""Files handed in: looked into, scanned, seen by owner and those who read applications."""

import shutil
import subprocess
import time
from hashlib import sha256

import pytest

from flsf.core.people import SYSTEM
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from flsf.shared.documents import actions, queries
from flsf.shared.documents.models import Content, Document
from tests.factories import NOW, council_member, member_of, organisation
from tests.factories_applications import a_jpeg, a_pdf, document, segment

pytestmark = pytest.mark.django_db

MARK = b"FLSF-TEST-VIRUS-MARK"


def keep(content, name="Our policy.pdf"):
    return actions.keep(name=name, content=content, owner_id=organisation().pk, by=SYSTEM, at=NOW)


def test_a_file_is_kept_as_cleaned_and_under_a_reference_of_ours():
    kept = keep(a_jpeg(segment(0xFE, b"at home")), name="../photo.exe")
    assert kept.name == "photo.jpg"
    assert kept.ref.startswith("F-")
    assert kept.scanned_at is None
    assert queries.content(kept.ref, person=SYSTEM) == a_jpeg()
    assert kept.sha256 == sha256(a_jpeg()).hexdigest()
    assert kept.size == len(a_jpeg())


def test_nothing_is_kept_of_what_is_refused():
    with pytest.raises(actions.BadFile):
        keep(b"MZ")
    assert not Document.objects.exists()
    assert not AuditEntry.objects.filter(tag="shared:document:kept").exists()


def test_only_its_owner_and_those_who_read_applications_see_it():
    mine = organisation()
    one = document(mine)
    theirs = member_of(organisation())
    for person, sees in (
        (member_of(mine), True),
        (theirs, False),
        (council_member(Role.QUALITY), True),
        (council_member(Role.DIRECTOR), True),
        (council_member(Role.COUNCILLOR), False),
        (council_member(Role.FINANCE), False),
    ):
        assert (queries.with_ref(one.ref, person=person) is not None) is sees
        assert (queries.content(one.ref, person=person) is not None) is sees
        assert (one.ref in queries.named([one.ref], person=person)) is sees
    assert queries.refs_of(mine.pk) == {one.ref}


def test_opening_and_discarding_are_on_record():
    mine = organisation()
    one = document(mine)
    actions.note_opened(ref=one.ref, by=member_of(mine), at=NOW)
    with pytest.raises(actions.NoSuchDocument):
        actions.note_opened(ref=one.ref, by=member_of(organisation()), at=NOW)
    actions.discard(refs=[one.ref], by=SYSTEM, at=NOW)
    assert not Content.objects.exists()
    tags = AuditEntry.objects.filter(subject=f"document {one.ref}").order_by("pk")
    assert [entry.tag for entry in tags] == [
        *("shared:document:kept", "shared:document:opened", "shared:document:discarded"),
    ]


def test_a_scanner_that_does_not_answer_keeps_files_out(settings, tmp_path):
    for nobody in (str(tmp_path / "none.sock"), "127.0.0.1:1", "nonsense"):
        settings.FLSF_CLAMD = nobody
        with pytest.raises(actions.ScannerAway):
            keep(a_pdf())
    assert not Document.objects.exists()


@pytest.fixture
def clamd(tmp_path, settings):
    """A ClamAV daemon of our own that knows one made-up virus."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        pytest.skip("no clamd here: apt-get install clamav-daemon")
    (tmp_path / "db").mkdir()
    # A signature by hand: name, any kind of file, anywhere in it, these bytes.
    (tmp_path / "db" / "own.ndb").write_text(f"Own.Test-1:0:*:{MARK.hex()}\n")
    (tmp_path / "clamd.conf").write_text(
        f"Foreground yes\nDatabaseDirectory {tmp_path}/db\nLocalSocket {tmp_path}/clamd.sock\n"
        "StreamMaxLength 20M\n"
    )
    with (tmp_path / "log").open("wb") as log:
        running = subprocess.Popen(
            [program, "-c", str(tmp_path / "clamd.conf")], stdout=log, stderr=log
        )
        for _ in range(300):
            if (tmp_path / "clamd.sock").exists() or running.poll() is not None:
                break
            time.sleep(0.1)
        settings.FLSF_CLAMD = str(tmp_path / "clamd.sock")
        yield running
        running.terminate()
        running.wait(timeout=30)


def test_a_real_scanner_keeps_a_virus_out(clamd):
    assert keep(a_pdf()).scanned_at == NOW
    assert keep(a_pdf(b"x" * 300_000)).scanned_at == NOW
    with pytest.raises(actions.HasVirus):
        keep(a_pdf(MARK))
    clamd.terminate()
    clamd.wait(timeout=30)
    with pytest.raises(actions.ScannerAway):
        keep(a_pdf())
    assert Document.objects.count() == 2
