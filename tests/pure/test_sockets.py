"""Tests stay on this machine, and this one proves that they must."""

import socket
import urllib.request

import pytest

from tests.sockets import LeftTheMachine

# An address set apart for documents: nobody is there.
ELSEWHERE = "192.0.2.1"


def test_no_connection_to_another_machine():
    with socket.socket() as one, pytest.raises(LeftTheMachine):
        one.connect((ELSEWHERE, 80))
    with socket.socket() as one, pytest.raises(LeftTheMachine):
        one.connect_ex((ELSEWHERE, 80))


def test_no_name_of_another_machine_is_even_looked_up():
    with pytest.raises(LeftTheMachine):
        socket.create_connection(("example.org", 80))


def test_not_through_a_library_either():
    with pytest.raises(LeftTheMachine):
        urllib.request.urlopen("http://example.org/", timeout=1)


def test_this_machine_may_be_reached():
    with socket.socket() as there, socket.socket() as here:
        there.bind(("127.0.0.1", 0))
        there.listen()
        here.connect(there.getsockname())
