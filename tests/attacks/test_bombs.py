"""Large files that attack the reader's time and memory; each is made here, and refused within bounds by a process."""

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chancery.text.files import LARGEST_LINES, LARGEST_TOML, MOST_TABLES
from chancery.text.loaded import MOST_PROBLEMS

MEMORY = 2**30
"""Bytes that the process may take."""
SECONDS = 60
"""More than any of these takes, on a slow machine."""

ROOM = LARGEST_TOML - 1_000
FEW = MOST_TABLES - 1_000


def sparse(size: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def of(text: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_text(text, "utf-8")

    return make


def keys(prefix: str, many: int) -> str:
    return prefix + "\n".join(f"k{number} = 1" for number in range(many))


LINE = '{"kind":"party.described","id":"a","party":"body:b","names":'

BOMBS: dict[str, tuple[str, Callable[[], Callable[[Path], None]], str]] = {
    "100 MB of TOML": ("x.toml", lambda: sparse(100 * 2**20), "bytes long; the most that is read is"),
    "100 MB of nesting": ("x.toml", lambda: of("a = " + "[" * (100 * 2**20)), "bytes long; the most that is read is"),
    "nesting in one line": ("x.toml", lambda: of("a = " + "[" * ROOM), "signs that can begin a table or a list"),
    "nesting over many lines": ("x.toml", lambda: of("a = " + "[\n" * FEW), "x.toml:81: bar: nests too deep"),
    "nesting of tables": ("x.toml", lambda: of("a = " + "{a=" * FEW), "nests too deep"),
    "a key of a million parts": ("x.toml", lambda: of(".".join("a" * FEW) + " = 1"), "nests too deep"),
    "keys that each make many tables": (
        "x.toml",
        lambda: of("\n".join(f"k{number}{'.a' * 70} = 1" for number in range(FEW // 70))),
        "k0 is no table of a record",
    ),
    "a million tables": ("x.toml", lambda: of("[[act]]\n" * (ROOM // 8)), "signs that can begin a table or a list"),
    "many empty entries": ("x.toml", lambda: of("[[act]]\n" * (FEW // 8)), "has no kind"),
    "many empty sources": ("x.toml", lambda: of("[[source]]\n" * (FEW // 8)), "is missing; expected a ref"),
    "many empty lists": ("x.toml", lambda: of("a = [" + "[]," * FEW + "]"), "a is no table of a record"),
    "many tables that no record has": (
        "x.toml",
        lambda: of("\n".join(f"[t{number}]" for number in range(FEW // 4))),
        "t0 is no table of a record",
    ),
    "an entry of many fields": (
        "x.toml",
        lambda: of(keys('[[act]]\nkind = "body.established"\n', ROOM // 56)),
        "there is no field k0 here",
    ),
    "a head of many fields": ("x.toml", lambda: of(keys("[record]\n", ROOM // 56)), "there is no field k0 here"),
    "a text without an end": ("x.toml", lambda: of('a = """' + '"' * ROOM), "is not TOML"),
    "comments without an end": ("x.toml", lambda: of("#\n" * (ROOM // 16) + "[[act]]\n"), "has no kind"),
    "an entry too long": (
        "x.toml",
        lambda: of(f'[[act]]\nid = "a"\nkind = "party.described"\nparty = "body:b"\ndescription = "{"x" * 70_000}"\n'),
        "bytes long; an entry has at most 65,535",
    ),
    "5 GB of lines": ("x.jsonl", lambda: sparse(LARGEST_LINES + 1), "bytes long; the most that is read is"),
    "a line too long": ("x.jsonl", lambda: of(LINE + '"' + "x" * 70_000 + '"}\n'), "an entry has at most 65,535"),
    "a line of 50 MB of nesting": ("x.jsonl", lambda: of("[" * (50 * 2**20)), "an entry has at most 65,535"),
    "a million lines of nothing": ("x.jsonl", lambda: of("{}\n" * 1_000_000), "has no kind"),
    "a million lines of nesting": ("x.jsonl", lambda: of((LINE + "[" * 5_000 + "\n") * 5_000), "nests too deep"),
}


def checked(path: Path) -> subprocess.CompletedProcess[str]:
    """What `chancery check` says in a process that may not take more than it should."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    code = "from chancery.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "check", str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
        preexec_fn=bounded,
    )


@pytest.mark.slow
@pytest.mark.parametrize("bomb", BOMBS)
def test_the_bomb_is_refused_in_bounded_time_and_memory(tmp_path: Path, bomb: str) -> None:
    name, make, said = BOMBS[bomb]
    make()(tmp_path / name)
    ran = checked(tmp_path / name)
    assert ran.returncode == 1, ran.stderr[-2000:]
    assert "Traceback" not in ran.stderr
    assert said in ran.stdout
    assert len(ran.stdout.splitlines()) <= MOST_PROBLEMS + 2
