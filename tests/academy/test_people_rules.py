"""Rules of people, as tables: passwords, addresses, devices, where to go afterwards."""

import random
import string

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from academy.people import devices, password_rules, passwords
from academy.people.addresses import NotAnAddress, key_of
from academy.people.keys import derived


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "password1234",
        "Password123!!",
        "p@ssw0rd2024!",
        "qwertyuiop12",
        "QWERTYUIOPasdfghjkl",
        "1q2w3e4r5t6y",
        "zaq12wsxcde3",
        "iloveyou12345",
        "iloveyouforever",
        "aaaaaaaaaaaaaa",
        "abcabcabcabc",
        "abcdefghijklmn",
        "zyxwvutsrqpo",
        "0987654321098",
        "letmein123456",
        "princess2010!",
        "princessprincess",
        "manchesterunited",
        "Summer2026!!",
        "йцукенгшщзхъ",
        "пароль123456",
        "qazwsxedcrfv",
        "administrator",
        "welcome12345",
        "kazakhstan2025",
        "academy-2026-academy",
        "trustno1trustno1",
        "111222333444",
        "Common Ground 1",
        "zarinazarina",
        "zarina@example.org",
        "123qweasdzxc",
        "1234567890qwerty",
        "highschoolmusical",
        "!QAZ2wsx#EDC",
        "iloveyousomuch",
        "august112026",
        "allahuakbar1",
        "любовь123456",
        "correct horse battery staple",
        "trustno1trust",
    ],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    own = ("Zarina", "zarina@example.org", "Common Ground")
    assert password_rules.fault(password, own_words=own) is not None


@pytest.mark.parametrize(
    "password",
    [
        "four quiet lanterns upriver",
        "patient camel copper window",
        "tV9#kfw2Lq!x",
        "кони пасутся у тихой воды",
        "خانه دوست کجاست امروز",
        "green-river-window-42",
        "a long sentence nobody else would write",
        "x7Kp-22qm-Zr91-fw",
        "mountain piano window seven",
        "        lanterns of Osh",
    ],
)
def test_good_passwords_pass(password: str) -> None:
    assert password_rules.fault(password, own_words=("Lena", "lena@example.org", "Common Ground")) is None


@pytest.mark.parametrize(
    ("length", "staff", "good"), [(11, False, False), (12, False, True), (13, True, False), (14, True, True)]
)
def test_length_counts(length: int, staff: bool, good: bool) -> None:
    assert (password_rules.fault("kx9mwqz3vtr7ybn2"[:length], staff=staff) is None) == good


def test_a_password_may_be_long_but_not_endless() -> None:
    sentence = "the heron waits by the slow brown river for a fish " * 3
    assert password_rules.fault(sentence[:128]) is None
    assert password_rules.fault(sentence[:129]) == password_rules.TOO_LONG


def test_what_a_password_manager_makes_passes() -> None:
    chance = random.Random(1325)  # noqa: S311  the same texts in every run
    letters = string.ascii_letters + string.digits + "!-_#"
    made = ["".join(chance.choices(letters, k=16)) for _ in range(500)]
    assert sum(password_rules.fault(each) is not None for each in made) <= 2


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    password_rules.fault(text, own_words=(text[:20],))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Lena@Example.ORG", "lena@example.org"),
        (" lena@example.org ", "lena@example.org"),
        ("ЛЕНА@пример.рф", "лена@xn--e1afmkfd.xn--p1ai"),
        ("caf\u0065\u0301@example.org", "caf\u00e9@example.org"),
        ("strasse@example.org", "STRASSE@example.org"),
    ],
)
def test_one_address_has_one_key(left: str, right: str) -> None:
    assert key_of(left) == key_of(right)


@pytest.mark.parametrize("left", ["mıke@example.org", "mike@exаmple.org"])
def test_look_alikes_are_different_addresses(left: str) -> None:
    assert key_of(left) != "mike@example.org"


@pytest.mark.parametrize(
    "text", ["", "lena", "@", "a@b@c", "lena@", "a b@example.org", "a@example.org\nBcc: x@y.z", "a" * 250 + "@x.org"]
)
def test_what_cannot_be_an_address_is_refused(text: str) -> None:
    with pytest.raises(NotAnAddress):
        key_of(text)


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:126.0) Gecko/126.0 Firefox/126.0", "Firefox · Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/126.0 Safari/537 Edg/126.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36", "Chrome · Linux"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_devices_are_called_coarsely(agent: str, label: str) -> None:
    assert devices.label(agent) == label


def test_a_password_fits_itself_alone(app: Flask) -> None:
    with app.app_context():
        kept = passwords.hashed("caf\u0065\u0301 by the river")
        assert passwords.fits("caf\u00e9 by the river", kept)
        assert not passwords.fits("cafe by the river", kept)
        assert not passwords.fits("anything", "")
        assert not passwords.fits("nobody's password", passwords.NONE_YET)


def test_the_parameters_are_those_of_the_security_policy() -> None:
    strong = passwords.STRONG
    assert (strong.memory_cost, strong.time_cost, strong.parallelism) == (19456, 2, 1)
    assert strong.hash("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@given(st.binary(min_size=1, max_size=200), st.binary(max_size=80), st.integers(1, 200))
def test_keys_are_derived_as_the_standard_says(secret: bytes, use: bytes, length: int) -> None:
    assert derived(secret, use, length) == HKDF(SHA256(), length, None, use).derive(secret)
