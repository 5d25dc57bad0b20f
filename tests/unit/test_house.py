"""The house keeps its own rules: rooms, sizes, docstrings, documents, files."""

import ast
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest

import chancery

ROOT = Path(chancery.__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "chancery"
SOURCES = sorted(PACKAGE.rglob("*.py"))
PYTHON = [path for room in ("src", "tests", "bench") for path in sorted((ROOT / room).rglob("*.py"))]
LONGEST_FILE = 500  # lines
LONGEST_FUNCTION = 60  # lines
DOCUMENTS = ["README.md", "CONTRIBUTING.md"]
SHELLS = {"", "bash", "console", "sh", "shell"}

# Put together here, so that this file does not name them either.
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "npmjs" + ".com", "npmjs" + ".org", "crates" + ".io"]
MACHINE_PATH = re.compile(rb"(?:file:/+|(?<![\w.:/-])/)(?:work|root|home|Users)/[\w.]")

Def = ast.FunctionDef | ast.AsyncFunctionDef


def project() -> dict[str, Any]:  # Any: what TOML holds
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def files_in_git() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_every_room_stands_in_the_import_contract() -> None:
    contracts = project()["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    contracted = {name.strip(" ()") for layer in layers for name in layer.split("|")}
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert contracted == rooms


def test_the_core_is_guarded_room_by_room() -> None:
    contracts = project()["tool"]["importlinter"]["contracts"]
    guarded = next(contract["source_modules"] for contract in contracts if "knows no framework" in contract["name"])
    core = re.search(r"^CORE := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert core is not None
    assert sorted(guarded) == sorted(f"chancery.{room}" for room in core[1].split())


@pytest.mark.parametrize("path", PYTHON, ids=shown)
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST_FILE


def functions(path: Path) -> Iterator[Def]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Def):
            yield node


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_no_function_is_too_long(path: Path) -> None:
    long = [node.name for node in functions(path) if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]
    assert long == []


def public(body: list[ast.stmt]) -> Iterator[Def | ast.ClassDef]:
    """Public functions and classes, and the public methods of those classes."""
    for node in body:
        if isinstance(node, Def | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def needs_no_docstring(node: Def | ast.ClassDef) -> bool:
    marks = {ast.unparse(mark).split(".")[-1] for mark in node.decorator_list}
    return bool(marks & {"overload", "override", "setter"})


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_every_public_thing_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [node.name for node in public(tree.body) if not ast.get_docstring(node) and not needs_no_docstring(node)]
    assert ast.get_docstring(tree), "the module says nothing"
    assert silent == []


def typed_lines(document: str) -> list[list[str]]:
    """What the document's code blocks tell the reader to type, as words."""
    text = (ROOT / document).read_text(encoding="utf-8")
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    blocks = [block for language, block in fenced if language in SHELLS]
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [shlex.split(line, comments=True) for line in lines if re.match(r"(\S*/)?(chancery|make) \w", line)]


def commands() -> set[str]:
    (script,) = entry_points(group="console_scripts", name="chancery")
    groups = (thing for thing in vars(import_module(script.module)).values() if isinstance(thing, click.Group))
    (group,) = (thing for thing in groups if thing.name == "chancery")
    return set(group.list_commands(click.Context(group)))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_tells_one_to_type_exists(document: str) -> None:
    lines = typed_lines(document)
    asked = {words[1] for words in lines if words[0].endswith("chancery")}
    made = {word for words in lines if words[0] == "make" for word in words[1:] if re.fullmatch(r"[a-z-]+", word)}
    assert lines, "it tells the reader to type nothing"
    assert asked <= commands()
    assert made <= targets()


def test_every_target_has_a_comment_over_it() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    bare = [line for above, line in pairwise(lines) if bare_target(above, line)]
    assert bare == []


def bare_target(above: str, line: str) -> bool:
    return bool(re.match(r"[a-z][a-z-]*:", line)) and not above.startswith("# ")


def test_no_file_names_a_registry() -> None:
    hosts = [host.encode() for host in REGISTRIES]
    naming = [name for name in files_in_git() if any(host in (ROOT / name).read_bytes() for host in hosts)]
    assert naming == []


def test_no_file_names_a_path_of_one_machine() -> None:
    naming = [name for name in files_in_git() if MACHINE_PATH.search((ROOT / name).read_bytes())]
    assert naming == []


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^([\w.-]+==\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


def test_the_locks_agree_and_every_pin_has_its_hashes() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        hashed = re.findall(r"^[\w.-]+==[^\n]*\\\n {4}--hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
        assert len(hashed) == len(pins(lock)) > 0


def test_what_runs_is_what_is_locked() -> None:
    wanted = {re.split(r"[<>=~!]", need)[0] for need in project()["project"]["dependencies"]}
    assert wanted <= {pin.split("==")[0] for pin in pins("requirements.lock")}


def test_the_version_is_one_and_the_changelog_tells_of_it() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = changelog.split("\n## ")[1]
    assert project()["project"]["version"] == chancery.__version__
    assert f"[{chancery.__version__}]" in changelog
    assert "### Accessibility" in newest
    assert "### Languages" in newest


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = {path.name for path in folder.glob("[0-9]*.md")}
    assert pages == set(re.findall(r"\((\d{4}-[a-z-]+\.md)\)", index))
