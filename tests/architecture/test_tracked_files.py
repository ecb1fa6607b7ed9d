"""What we publish names no machine of ours and no registry."""

import subprocess

import pytest

from tests.architecture.source import ROOT

CHECKOUT = ROOT.parent

# Put together here, so that this file does not name them either.
REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com")
MACHINE = ("/" + "root/", "/" + "work/", "/" + "tmp/wt", "/" + "home/", "/" + "Users/")


def tracked():
    """Text files that git knows, or will once they are added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a checkout of git")
    names = [CHECKOUT / one.decode() for one in listed.stdout.split(b"\0") if one]
    for path in names:
        try:
            yield path, path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue


@pytest.mark.parametrize("words", [REGISTRIES, MACHINE], ids=["registry", "machine"])
def test_no_file_names_a(words):
    named = [
        f"{path.relative_to(CHECKOUT)}: {word}"
        for path, text in tracked()
        for word in words
        if word in text
    ]
    assert named == []


def test_locked_requirements_are_all_held_to_a_hash():
    for name in ("runtime", "demo", "dev"):
        text = (CHECKOUT / "requirements" / f"{name}.txt").read_text()
        starts = [line for line in text.splitlines() if line[:1].isalnum()]
        assert starts
        assert [line for line in starts if not line.endswith("\\")] == []
        assert "://" not in text


def test_what_one_list_locks_the_others_lock_alike():
    def locked(name):
        lines = (CHECKOUT / "requirements" / f"{name}.txt").read_text().splitlines()
        return {line.removesuffix(" \\") for line in lines if line[:1].isalnum()}

    assert locked("runtime") <= locked("demo") <= locked("dev")
