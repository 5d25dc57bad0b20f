"""Tiles: the paths and widths of the specification, and the same tree from tiles as from entries."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.log.bodies import Opened, bundle_lines, bundle_of, line_of, opened_of, read_body
from chancery.log.tiles import BODIES, ENTRIES, Tile, bundled, contents, hashed, tiles, unbundled
from chancery.log.tree import Tree, leaf_hash
from chancery.values import Fault
from tests.logs import Log, items
from tests.unit.log import plainly

SALT = bytes(range(32))


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile("tile/0", 1234067), "tile/0/x001/x234/067"),  # the example of the specification
        (Tile("tile/0", 0), "tile/0/000"),
        (Tile("tile/63", 999, 1), "tile/63/999.p/1"),
        (Tile(ENTRIES, 1000, 255), "tile/entries/x001/000.p/255"),
        (Tile(BODIES, 67), "bodies/067"),
    ],
)
def test_a_tile_has_its_path_and_no_other(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert Tile.of(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "checkpoint",
        "tile/0",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/999",
        "tile/0/000.p",
        "tile/0/../0/000",
        "../tile/0/000",
        "/tile/0/000",
        "tile//0/000",
        "tile/0/000\n",
        "tile/0/000\0",
        "tile/0/٠٠٠",
        "tile/entries/000/",
        "Tile/0/000",
        "tile\\0\\000",
        "tile/0/" + "x999/" * 6 + "999",
    ],
)
def test_any_other_path_is_refused(path: str) -> None:
    with pytest.raises(Fault, match="is not the path of a tile"):
        Tile.of(path)


def test_a_log_of_70000_has_the_tiles_of_the_specification() -> None:
    found = [tile for tile in tiles(70_000) if tile.level is not None]
    assert len([tile for tile in found if tile.level == 0 and tile.width == 256]) == 273
    assert [(tile.level, tile.width) for tile in found if tile.width < 256] == [(0, 112), (1, 17), (2, 1)]
    assert len([tile for tile in found if tile.level == 1 and tile.width == 256]) == 1


def test_a_log_of_256_has_a_full_tile_and_one_above_it() -> None:
    assert [tile.path for tile in tiles(256)] == ["bodies/000", "tile/entries/000", "tile/0/000", "tile/1/000.p/1"]
    assert list(tiles(0)) == []


def test_a_growing_log_writes_only_what_is_new() -> None:
    assert [tile.path for tile in tiles(600, 256)] == [
        "bodies/001",
        "bodies/002.p/88",
        "tile/entries/001",
        "tile/entries/002.p/88",
        "tile/0/001",
        "tile/0/002.p/88",
        "tile/1/000.p/2",
    ]
    assert list(tiles(600, 600)) == []


@given(st.integers(0, 200_000), st.integers(0, 200_000))
@settings(max_examples=50)
def test_a_grown_log_has_all_the_tiles_of_its_size(one: int, two: int) -> None:
    before, size = sorted((one, two))
    assert set(tiles(size)) <= set(tiles(before)) | set(tiles(size, before))


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 1000])
def test_the_tiles_hold_the_roots_of_whole_subtrees(size: int) -> None:
    leaves = [bytes([at % 256, at // 256]) for at in range(size)]
    tree = Tree(map(leaf_hash, leaves))
    for tile in (each for each in tiles(size) if each.level is not None):
        span = 256 ** (tile.level or 0)
        plain = [plainly.mth(leaves[at * span : (at + 1) * span]) for at in range(tile.start, tile.stop)]
        assert hashed(tile, tree.node) == b"".join(plain)


def test_a_bundle_is_read_as_it_was_written() -> None:
    entries = [b"", b"one", b"x" * 65_535]
    assert unbundled(bundled(entries), 3) == entries


@pytest.mark.parametrize(
    ("data", "width", "said"),
    [
        (b"", 1, "the bundle ends within its entry 0"),
        (b"\0", 1, "the bundle ends within its entry 0"),
        (b"\0\5abc", 1, "the bundle ends within its entry 0"),
        (b"\0\1a", 2, "the bundle ends within its entry 1"),
        (b"\0\1ab", 1, "the bundle has 1 bytes after its last entry"),
    ],
)
def test_a_bundle_that_does_not_end_where_it_should_is_refused(data: bytes, width: int, said: str) -> None:
    with pytest.raises(Fault, match=said):
        unbundled(data, width)


@given(st.binary(max_size=40), st.integers(1, 256))
def test_whatever_is_read_as_a_bundle_the_reader_answers(data: bytes, width: int) -> None:
    try:
        assert bundled(unbundled(data, width)) == data
    except Fault:
        return


def test_the_files_of_a_log_are_its_tiles() -> None:
    log = Log(items(3))
    files = dict(contents(3, log.tree.node, log.leaves, log.bodies))
    assert sorted(files) == ["bodies/000.p/3", "tile/0/000.p/3", "tile/entries/000.p/3"]
    assert unbundled(files["tile/entries/000.p/3"], 3) == log.leaves(0, 3)


def test_a_body_is_shown_on_a_line_with_its_salt_or_not_at_all() -> None:
    opened = Opened(SALT, b'{"id":"x"}')
    assert line_of(opened) == b'{"body":{"id":"x"},"salt":"' + SALT.hex().encode() + b'"}\n'
    assert opened_of(line_of(opened)) == opened
    assert opened_of(line_of(None)) is None
    assert bundle_lines(bundle_of([opened, None]), 2) == [line_of(opened), line_of(None)]


SHORT = b'{"body":{},"salt":"' + b"ab" * 31 + b'"}\n'


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b'{"body":{}}\n',
        b'{"body":{},"salt":"zz"}\n',
        b'{"body":{},"salt":"' + b"AB" * 32 + b'"}\n',
        b'{"body":{},"salt":"' + b"\xff" * 64 + b'"}\n',
        b'{"body":{},"salt":"' + b" ab" * 21 + b'a"}\n',
        b'{"body":{}, "salt":"' + b"ab" * 32 + b'"}\n',
        b'{"salt":"' + b"ab" * 32 + b'","body":{}}\n',
        b'{"body":{},"salt":"' + b"ab" * 32 + b'","more":1}\n',
        SHORT,
        SHORT.replace(b"{}", b"[" * 50_000),
    ],
)
def test_any_other_line_is_refused(line: bytes) -> None:
    with pytest.raises(Fault, match="this is no body with its salt, written as it should be"):
        opened_of(line)


def test_a_file_of_bodies_has_as_many_lines_as_entries() -> None:
    for data in (b"", b"null\n", b"null\nnull", b"null\nnull\nnull\n"):
        with pytest.raises(Fault, match="2 are expected"):
            bundle_lines(data, 2)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"a":1.5}', "the body is no JSON: the number 1.5 is no whole number"),
        (b'{"a":1e400}', "the body is no JSON"),
        (b'{"a":' + b"9" * 5000 + b"}", "the body is no JSON"),
        (b'{"a":NaN}', "the body is no JSON"),
        (b'{"a":"\xff"}', "the body is no JSON"),
        (b'{"a":"\\ud800"}', "the body is no JSON"),
        (b'{"a":"\0"}', "the body is no JSON"),
        (b"[" * 60_000, "the body is no JSON"),
        (b'{"a":1,"a":1}', "the body is not in its canonical form"),
        (b'{"b":1,"a":1}', "the body is not in its canonical form"),
        (b'{"a": 1}', "the body is not in its canonical form"),
        (b'"' + b"x" * 65_535 + b'"', "65537 bytes; an entry has at most 65,535"),
    ],
)
def test_a_body_in_another_form_is_found(body: bytes, said: str) -> None:
    with pytest.raises(Fault) as caught:
        read_body(body)
    assert said in str(caught.value)


def test_a_body_in_its_canonical_form_is_sound() -> None:
    assert read_body('{"a":[null,true,-1,"\\u0007é"]}'.encode()) == {"a": [None, True, -1, "\x07é"]}


@given(st.binary(max_size=120))
def test_whatever_is_read_as_a_body_the_reader_answers(data: bytes) -> None:
    with suppress(Fault):
        read_body(data)
    try:
        assert line_of(opened_of(data)) == data
    except Fault:
        return
