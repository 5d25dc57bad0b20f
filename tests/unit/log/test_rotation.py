"""Changes of key in a copy of a log: a reader follows them from the key that is trusted, and no further."""

import msgspec
import pytest

from chancery.log.bodies import Opened
from chancery.log.copies import verify_copy
from chancery.log.keys import SignerKey, Sort
from chancery.log.leaves import commitment, header_of, written
from chancery.log.rotation import KIND, Rotation, rotate
from chancery.log.steps import Steps
from chancery.log.trust import read_trust
from chancery.values import Instant, canonical
from tests.logs import LOG_KEY, ORIGIN, START, STRANGER, Held, Item, Log, items, salt_of
from tests.unit.log.test_receipts import failures

SECOND = SignerKey.of_seed(ORIGIN, Sort.ED25519, b"2" * 32)
THIRD = SignerKey.of_seed(ORIGIN, Sort.ML_DSA_44, b"3" * 32)
TRUST = f"""
[log]
origin = "{ORIGIN}"
[[log.keys]]
key = "{LOG_KEY.verifier.text}"
[quorum]
organisations = 0
"""


def recorded(rotation: Rotation, at: int, *, shown: bool = True, audience: str = "public") -> Item:
    """An entry that records a change of key."""
    name = f"rotation-{at}"
    body = canonical({"id": name, "kind": KIND, **msgspec.structs.asdict(rotation)})
    opened = Opened(salt_of(name), body)
    header = header_of(
        commitment(opened.salt, body),
        name=name,
        kind=KIND,
        recorded=Instant(START + at),
        by="office:registrar",
        audience=audience,
    )
    return Item(written(header), opened if shown else None)


def verified(signers: tuple[SignerKey, ...], *changes: Item, trust: str = TRUST) -> Steps:
    steps, copy = verify_copy(Held(Log([*items(3), *changes], signers).files()), read_trust(trust.encode()))
    assert copy is not None
    return steps


ONE = recorded(rotate(ORIGIN, 4, LOG_KEY, SECOND), 3)
LATER = recorded(rotate(ORIGIN, 5, LOG_KEY, SECOND), 4)
TWO = recorded(rotate(ORIGIN, 5, SECOND, THIRD), 4)


def test_a_chain_of_changes_leads_from_the_key_that_is_trusted() -> None:
    assert verified((LOG_KEY,)).hold
    assert verified((SECOND,), ONE).hold
    steps = verified((THIRD,), ONE, TWO)
    assert steps.hold
    told = next(step for step in steps.all if step.code == "keys").found[0]
    assert str(told).endswith(f"{SECOND.verifier.text} (4), {THIRD.verifier.text} (5)")


@pytest.mark.parametrize(
    ("signers", "changes", "said"),
    [
        ((SECOND,), (), "trust file names, but by"),
        (
            (SECOND,),
            (recorded(rotate(ORIGIN, 4, LOG_KEY, SECOND), 3, shown=False),),
            "trust file names, but by",
        ),
        (
            (SECOND,),
            (recorded(rotate(ORIGIN, 4, LOG_KEY, SECOND), 3, audience="board"),),
            "trust file names, but by",
        ),
        ((SECOND,), (recorded(rotate(ORIGIN, 4, STRANGER, SECOND), 3),), "trust file names, but by"),
        ((SECOND,), (recorded(rotate(ORIGIN, 5, LOG_KEY, SECOND), 3),), "does not count at this size"),
        ((THIRD,), (recorded(rotate(ORIGIN, 5, SECOND, THIRD), 3), LATER), "trust file names, but by"),
        ((LOG_KEY,), (ONE,), f"does not count at this size: {LOG_KEY.verifier.id.hex()}"),
        ((SECOND,), (ONE, TWO), f"does not count at this size: {SECOND.verifier.id.hex()}"),
    ],
)
def test_a_key_to_which_no_change_leads_does_not_count(
    signers: tuple[SignerKey, ...], changes: tuple[Item, ...], said: str
) -> None:
    found = failures(verified(signers, *changes))
    assert list(found) == ["log-signature"]
    assert said in found["log-signature"]


def forged(**changed: object) -> Item:
    return recorded(msgspec.structs.replace(rotate(ORIGIN, 4, LOG_KEY, SECOND), **changed), 3)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (forged(by_old=rotate(ORIGIN, 4, STRANGER, SECOND).by_old), "did not sign that"),
        (forged(by_new=""), "did not sign that"),
        (forged(size=3), "did not sign that"),
        (forged(origin=7), "no change of key can be read in it"),
        (recorded(rotate(ORIGIN, 3, LOG_KEY, SECOND), 3), "the new key would count from 3, before this was recorded"),
        (
            recorded(rotate(ORIGIN, 4, LOG_KEY, SignerKey.of_seed(ORIGIN, Sort.COSIGNATURE, b"c" * 32)), 3),
            "a key gives way to another key of",
        ),
        (recorded(rotate("else.example", 4, LOG_KEY, SECOND), 3), "a key gives way to another key of else.example"),
    ],
)
def test_a_change_of_key_that_is_not_sound_fails_and_is_not_followed(change: Item, said: str) -> None:
    found = failures(verified((SECOND,), change))
    assert list(found) == ["keys", "log-signature"]
    assert found["keys"].startswith("entry 3: ")
    assert said in found["keys"]


def test_what_the_reader_says_of_a_key_goes_before_what_the_log_says() -> None:
    named = f'[[log.keys]]\nkey = "{SECOND.verifier.text}"\nfrom = 9\n[quorum]'
    assert list(failures(verified((SECOND,), ONE, trust=TRUST.replace("[quorum]", named)))) == ["log-signature"]
    assert verified((LOG_KEY,), ONE, trust=TRUST.replace("[quorum]", named)).hold
