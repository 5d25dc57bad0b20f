"""`chancery ledger log` and `show`: how far each entry has come, and what is read of it."""

import json
from contextlib import ExitStack

import pytest

from tests.unit.cli.ledgers import ISSUED, SECRET, Typing, line, verified
from tests.unit.cli.seats import Seat, kept, trusting

STAGE = ("stage", "checkpoint", "cosigned", "organisations")


def stages(typing: Typing, *words: object) -> list[tuple[object, ...]]:
    told = typing.told("ledger", "log", "--format", "json", *words)
    return [tuple(json.loads(each)[name] for name in STAGE) for each in told.splitlines()]


def test_an_entry_is_recorded_then_signed(typing: Typing) -> None:
    size = len(typing.log())
    assert set(stages(typing)) == {("recorded", None, 0, None)}
    assert typing.told("ledger", "log").splitlines()[-1].endswith("  recorded")
    typing.signing("checkpoint")
    typing.told("ledger", "append", piped=line(ISSUED))
    assert stages(typing) == [("signed", size, 0, None)] * size + [("recorded", None, 0, None)]
    lines = typing.told("ledger", "log").splitlines()
    assert lines[-2].endswith(f"  in the checkpoint of {size}")
    typing.signing("checkpoint")
    assert stages(typing)[-2:] == [("signed", size, 0, None), ("signed", size + 1, 0, None)]


@pytest.mark.slow
def test_an_entry_is_witnessed_by_whom_the_trust_file_names(typing: Typing) -> None:
    seats, size = (Seat(typing, "a"), Seat(typing, "b")), len(typing.log())
    with ExitStack() as stack:
        urls = [stack.enter_context(seat.open()) for seat in seats]
        typing.signing("checkpoint")
        one = trusting(typing, {seats[0]: urls[0], seats[1]: ""}, 2)
        assert typing.ledger("witness", "--trust", one).exit_code == 1
        assert set(stages(typing)) == {("signed", size, 1, None)}
        assert set(stages(typing, "--trust", one)) == {("signed", size, 1, 2)}
        last = typing.told("ledger", "log", "--trust", one).splitlines()[-1]
        assert last.endswith(f"in the checkpoint of {size}, witnessed by 1 of 2")
        assert typing.told("ledger", "log").splitlines()[-1].endswith(f"{size}, 1 cosignature, not verified")
        typing.told("ledger", "append", piped=line(ISSUED))
        typing.signing("checkpoint")
        both = trusting(typing, dict(zip(seats, urls, strict=True)), 2)
        typing.told("ledger", "witness", "--trust", both)
        typing.told("ledger", "append", piped=line({**ISSUED, "id": "newer"}))
    assert stages(typing, "--trust", both) == [
        *[("witnessed", size, 2, 2)] * size,  # whoever cosigned the later checkpoint stands for all before it
        ("witnessed", size + 1, 2, 2),
        ("recorded", None, 0, None),
    ]
    both.write_text(both.read_text("utf-8").replace(seats[1].keys[0], seats[1].keys[0].replace("b.", "c.")), "utf-8")
    assert typing.ledger("log", "--trust", both).exit_code == 1  # the id is no longer the key's


@pytest.mark.slow
def test_a_receipt_is_of_the_checkpoint_with_the_most_cosignatures(typing: Typing) -> None:
    seats, path = (Seat(typing, "a"), Seat(typing, "b")), typing.room / "receipt"
    with ExitStack() as stack:
        urls = [stack.enter_context(seat.open()) for seat in seats]
        trust = trusting(typing, dict(zip(seats, urls, strict=True)), 2)
        typing.signing("checkpoint")
        typing.told("ledger", "witness", "--trust", trust)
        most = kept(typing)[-1]
        typing.told("ledger", "append", piped=line(ISSUED))
        typing.signing("checkpoint")
        typing.ledger("witness", "--trust", trusting(typing, {seats[0]: urls[0], seats[1]: ""}, 1))
    size = most.checkpoint.size
    typing.signing("prove", 1, "--out", path)
    assert path.read_bytes().endswith(most.data)
    assert verified(path, "--trust", trust).exit_code == 0
    typing.signing("prove", size, "--out", path)
    assert path.read_bytes().endswith(kept(typing)[-1].data)
    typing.told("ledger", "append", piped=line({**ISSUED, "id": "newer"}))
    typing.signing("prove", size + 1, "--out", path)
    assert path.read_bytes().endswith(kept(typing)[-1].data)
    assert len(kept(typing)) == 6  # where none covers it, one is signed


def test_an_entry_is_shown_with_its_body(typing: Typing) -> None:
    typing.told("ledger", "append", piped=line(ISSUED))
    seq = typing.place("new")
    told = typing.told("ledger", "show", seq)
    assert told.splitlines()[0] == f"seq        {seq}"
    assert "\nstage      recorded\n{\n" in told
    assert '"party": "state:be"' in told
    row = json.loads(typing.told("ledger", "show", seq, "--format", "json"))
    assert (row["id"], row["stage"], row["body"]["party"]) == ("new", "recorded", "state:be")
    none = typing.ledger("show", seq + 1)
    assert none.exit_code == 1
    assert f"there is no entry {seq + 1}; the last is {seq}" in none.stderr


def test_a_body_is_shown_to_its_audience_and_as_long_as_it_is_there(typing: Typing) -> None:
    typing.told("ledger", "append", "--audience", "board", piped=line(SECRET))
    seq = len(typing.log()) - 1
    told = typing.told("ledger", "show", seq)
    assert told.endswith("Its body is for board: ?audience=board in the address reads it.\n")
    assert "secret" not in told
    assert json.loads(typing.told("ledger", "show", seq, "--format", "json"))["body"] is None
    board = Typing(f"{typing.url}&audience=board", typing.room, typing.memory)
    assert "Nobody may read this." in board.told("ledger", "show", seq)
    typing.told("ledger", "append", piped=line(ISSUED))
    typing.told("ledger", "shred", typing.place("new"), "--reason", "Ordered.")
    assert typing.told("ledger", "show", typing.place("new")).endswith("Its body was shredded.\n")
