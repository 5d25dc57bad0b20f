"""Every attack that a ledger has to stand is tried here by name: in a log's files, in each database, in text."""

import pytest

from tests.attacks import test_assets, test_folders, test_ledgers, test_logs, test_rules

TRIED: dict[str, tuple[tuple[object, str], ...]] = {
    "edit": ((test_ledgers.HISTORIES, "edit"), (test_logs.ON_FILES, "edit an entry and its hashes")),
    "delete": ((test_ledgers.HISTORIES, "delete"), (test_logs.ON_FILES, "delete an entry in the middle")),
    "insert": ((test_ledgers.HISTORIES, "insert"), (test_logs.ON_FILES, "insert an entry")),
    "reorder": ((test_ledgers.HISTORIES, "reorder"), (test_logs.ON_FILES, "reorder two entries")),
    "truncate": ((test_ledgers.HISTORIES, "truncate"), (test_logs.ON_FILES, "truncate")),
    "roll back to an old copy": (
        (test_logs, "test_a_roll_back_to_an_old_copy_is_found_out_by_a_later_receipt"),
        (test_ledgers, "test_an_old_copy_brought_back_is_not_written_to"),
    ),
    "split view to two readers": (
        (test_logs, "test_a_split_view_shows_where_two_readers_copies_part"),
        (test_logs, "test_a_split_view_of_one_size_is_found_out_by_two_receipts"),
    ),
    "forged checkpoint": (
        (test_logs.ON_FILES, "forge a checkpoint"),
        (test_ledgers.ON_THE_COPY, "put in a checkpoint with another root"),
    ),
    "wrong key": ((test_logs.ON_FILES, "sign by a wrong key of the same name"),),
    "replayed cosignature": ((test_logs.ON_FILES, "replay a cosignature"),),
    "swapped source file": (
        (test_ledgers.IN_THE_DATABASE, "swap a source's file"),
        (test_ledgers.ON_THE_COPY, "swap a source's file"),
    ),
    "body with another salt": ((test_logs.ON_FILES, "show a body with another salt"),),
    "shredded entry brought back": (
        (test_ledgers.IN_THE_DATABASE, "bring back what was shredded"),
        (test_ledgers.APPENDED, "the id of an entry that was shredded"),
        (test_logs.ON_FILES, "bring back a body that was shredded"),
    ),
    "backdated clock": (
        (test_ledgers, "test_nothing_is_backdated_by_a_clock_that_goes_back"),
        (test_ledgers.HISTORIES, "backdate"),
    ),
    "duplicated request id": ((test_ledgers, "test_a_request_id_does_not_count_for_something_else"),),
    "homoglyph refs": (
        (test_assets.ATTACKS, "strange-letters.toml"),
        (test_ledgers.APPENDED, "letters that look alike"),
        (test_rules.VOTE_ATTACKS, "a party in letters that look alike"),
    ),
    "duplicate JSON keys": (
        (test_assets.ATTACKS, "duplicate-key.jsonl"),
        (test_assets.ATTACKS, "duplicate-key-within.jsonl"),
        (test_logs.NO_LEAF, "a key twice"),
    ),
    "deep nesting": ((test_assets.ATTACKS, "deep-lists.jsonl"), (test_logs.NO_LEAF, "deep nesting")),
    "huge numbers": ((test_assets.ATTACKS, "huge-number.jsonl"), (test_logs.NO_LEAF, "a huge number")),
    "invalid UTF-8": (
        (test_assets.ATTACKS, "not-utf-8.jsonl"),
        (test_assets.ATTACKS, "not-utf-8.toml"),
        (test_logs.NO_LEAF, "letters that are no UTF-8"),
    ),
    "NULs": ((test_assets.ATTACKS, "nul.toml"), (test_assets.ATTACKS, "nul.jsonl"), (test_logs.NO_LEAF, "a NUL")),
    "path traversal in names": (
        (test_ledgers, "test_a_layout_names_no_file_outside_the_folder_that_is_written"),
        (test_logs.NAMES, "tile/0/../../../secret"),
        (test_folders.ATTACKS, "a link out of the folder"),
    ),
}


@pytest.mark.parametrize("attack", TRIED)
def test_the_attack_is_tried(attack: str) -> None:
    for where, name in TRIED[attack]:
        assert hasattr(where, name) if type(where) is type(test_logs) else name in where  # type: ignore[operator]
