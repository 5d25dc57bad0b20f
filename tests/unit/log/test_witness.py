"""The witness: each status of C2SP tlog-witness, and nothing cosigned that does not only grow."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.cosignatures import signers
from chancery.log.memory import Remembered
from chancery.log.notes import Note, read_signatures
from chancery.log.witness import Answer, Request, Witness
from chancery.values import Fault
from tests.logs import (
    LOG_KEY,
    ORIGIN,
    QUANTUM_KEY,
    STRANGER,
    TIME,
    WITNESS_A,
    WITNESS_B,
    InMind,
    Item,
    Log,
    items,
)

LOG = Log(items(20), signers=(LOG_KEY,))
FORK = Log([*items(5), Item.of("fork", 5), *items(20)[6:]], signers=(LOG_KEY,))


class Post:
    """A witness, what it remembers, and the time by its clock."""

    def __init__(self) -> None:
        self.memory = InMind()
        self.now = TIME
        logs = {ORIGIN: [LOG_KEY.verifier, QUANTUM_KEY.verifier]}
        self.witness = Witness([WITNESS_A, WITNESS_B], logs, self.memory, lambda: self.now)

    def ask(self, old: int, size: int, log: Log = LOG, **change: object) -> Answer:
        request = Request(old, tuple(log.tree.consistency(old, size)) if old <= size else (), log.head(size))
        return self.witness.add_checkpoint(msgspec.structs.replace(request, **change).data)


@pytest.fixture
def post() -> Post:
    return Post()


def test_it_cosigns_a_log_that_grows(post: Post) -> None:
    for old, size in ((0, 5), (5, 5), (5, 6), (6, 20)):
        answer = post.ask(old, size)
        assert answer.status == 200
        cosigned = LOG.head(size).signed(*read_signatures(answer.body.decode()))
        assert signers(cosigned, [WITNESS_A.verifier, WITNESS_B.verifier]) == {
            WITNESS_A.verifier: TIME,
            WITNESS_B.verifier: TIME,
        }
    assert post.memory.heads == {ORIGIN: Remembered(20, LOG.tree.root(), TIME)}


def test_it_answers_in_lines_of_signatures(post: Post) -> None:
    lines = post.ask(0, 5).body.decode().splitlines(keepends=True)
    assert [line.split(" ")[:2] for line in lines] == [["—", "a.example/witness"], ["—", "b.example/witness"]]


def test_it_cosigns_an_empty_log(post: Post) -> None:
    assert post.ask(0, 0).status == 200
    assert post.ask(0, 3).status == 200


def test_it_knows_only_the_logs_that_it_was_told_of(post: Post) -> None:
    answer = post.ask(0, 5, Log(items(20), origin="else.example"))
    assert (answer.status, answer.body) == (404, b"this witness does not know the log 'else.example'\n")


@pytest.mark.parametrize(
    "log",
    [
        Log(items(20), signers=(STRANGER,)),
        Log(items(20), signers=(WITNESS_A,)),
    ],
)
def test_it_cosigns_nothing_that_the_log_did_not_sign(post: Post, log: Log) -> None:
    assert post.ask(0, 5, log).status == 403


def test_a_signature_of_another_checkpoint_is_none(post: Post) -> None:
    replayed = SignedCheckpoint.made(LOG.head(6).checkpoint, *LOG.head(5).note.signatures)
    assert post.ask(0, 6, signed=replayed).status == 403


def test_an_old_size_above_the_new_one_is_a_bad_request(post: Post) -> None:
    post.ask(0, 9)
    assert post.ask(9, 5).status == 400


def test_another_old_size_conflicts_and_the_one_it_knows_is_told(post: Post) -> None:
    post.ask(0, 9)
    for old in (0, 8, 10):
        answer = post.ask(old, 20)
        assert (answer.status, answer.body, answer.content_type) == (409, b"9\n", "text/x.tlog.size")
    assert Post().ask(3, 20).body == b"0\n"


def test_another_root_for_the_size_it_knows_conflicts(post: Post) -> None:
    post.ask(0, 9)
    assert post.ask(9, 9, FORK).status == 409


@pytest.mark.parametrize("proof", [(), (bytes(32),), tuple(LOG.tree.consistency(8, 20))])
def test_a_proof_that_does_not_hold_cannot_be_processed(post: Post, proof: tuple[bytes, ...]) -> None:
    post.ask(0, 9)
    assert post.ask(9, 20, proof=proof).status == 422


def test_a_proof_from_nothing_is_empty(post: Post) -> None:
    assert post.ask(0, 9, proof=(bytes(32),)).status == 422
    post.ask(0, 9)
    assert post.ask(9, 9, proof=(bytes(32),)).status == 422


def test_a_fork_cannot_be_processed(post: Post) -> None:
    post.ask(0, 9)
    assert post.ask(9, 20, FORK).status == 422
    assert post.memory.heads[ORIGIN].size == 9


def test_a_race_is_lost_by_the_one_that_comes_second(post: Post) -> None:
    post.ask(0, 5)
    post.memory.before_swap = lambda: post.memory.heads.update({ORIGIN: Remembered(12, LOG.tree.root(12), TIME)})
    answer = post.ask(5, 9)
    assert (answer.status, answer.body) == (409, b"12\n")
    post.memory.before_swap = post.memory.heads.clear
    assert post.ask(12, 20).body == b"0\n"


def test_it_cosigns_by_no_clock_that_went_back(post: Post) -> None:
    post.ask(0, 5)
    post.now -= 1
    assert post.ask(5, 9).status == 503
    assert post.memory.heads[ORIGIN].size == 5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"old 0\n",
        b"\n\n",
        b"old\n\n" + LOG.head(5).data,
        b"new 0\n\n" + LOG.head(5).data,
        b"old 00\n\n" + LOG.head(5).data,
        b"old -1\n\n" + LOG.head(5).data,
        b"old  1\n\n" + LOG.head(5).data,
        b"old 9223372036854775808\n\n" + LOG.head(5).data,
        b"old " + b"9" * 6000 + b"\n\n" + LOG.head(5).data,
        b"old 0\r\n\n" + LOG.head(5).data,
        b"old 0\nAAAA\n\n" + LOG.head(5).data,
        b"old 0\n!\n\n" + LOG.head(5).data,
        b"old 0\n" + b"A" * 43 + b"=\n\n",
        b"old 0\n" + (b"A" * 43 + b"=\n") * 64 + b"\n" + LOG.head(5).data,
        b"old 0\n\n" + LOG.head(5).data[:-1],
        b"old 0\n\n" + LOG.head(5).note.text.encode(),
        b"\xffold 0\n\n" + LOG.head(5).data,
        b"old 0\n\n" + Note("one line\n", LOG.head(5).note.signatures).data,
    ],
)
def test_what_is_no_request_is_a_bad_one(post: Post, data: bytes) -> None:
    answer = post.witness.add_checkpoint(data)
    assert answer.status == 400
    assert answer.body.endswith(b"\n")


def test_a_request_is_read_as_it_was_written() -> None:
    request = Request(5, tuple(LOG.tree.consistency(5, 9)), LOG.head(9))
    assert Request.of(request.data) == request


def test_keys_that_cannot_serve_are_refused() -> None:
    with pytest.raises(Fault, match="a witness cosigns by keys of the types 4 and 6"):
        Witness([LOG_KEY], {}, InMind(), lambda: TIME)
    with pytest.raises(Fault, match="a log signs by keys of the types 1 and 6"):
        Witness([WITNESS_A], {"x": [WITNESS_A.verifier]}, InMind(), lambda: TIME)


@given(st.binary(max_size=200))
def test_whatever_is_asked_it_answers_and_remembers_nothing(data: bytes) -> None:
    post = Post()
    for text in (data, b"old 0\n\n" + data, b"old 0\n\n" + LOG.head(5).note.text.encode() + b"\n" + data):
        assert post.witness.add_checkpoint(text).status in {400, 403, 404}
    assert post.memory.heads == {}


class Watched(RuleBasedStateMachine):
    """Two histories, told to one witness in any order and at any size: it cosigns one line of them only."""

    def __init__(self) -> None:
        super().__init__()
        self.post = Post()
        self.cosigned: dict[int, bytes] = {}

    @rule(old=st.integers(0, 20), size=st.integers(0, 20), log=st.sampled_from([LOG, FORK]), right=st.booleans())
    def ask(self, old: int, size: int, log: Log, *, right: bool) -> None:
        known = self.post.memory.heads.get(ORIGIN)
        start = (0 if known is None else known.size) if right else old
        if self.post.ask(start, size, log).status == 200:
            assert self.cosigned.setdefault(size, log.tree.root(size)) == log.tree.root(size)

    @invariant()
    def it_only_grew(self) -> None:
        roots = list(self.cosigned.items())
        assert any(all(log.tree.root(size) == found for size, found in roots) for log in (LOG, FORK))
        known = self.post.memory.heads.get(ORIGIN)
        assert known is None or known.size == max(self.cosigned)


TestWatched = pytest.mark.slow(Watched.TestCase)
TestWatched.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
