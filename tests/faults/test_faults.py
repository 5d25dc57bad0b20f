"""Every fault in its short form: something was injected, nothing was lost, and the broken build was caught."""

import pytest

from faults import bits, calls, copies, crowds, kills, powercuts, signers, troubles
from faults.held import Control, Held, Suite

SHORT = [module.SUITE for module in (calls, kills, powercuts, copies, signers, troubles, crowds, bits)]


@pytest.mark.slow
@pytest.mark.parametrize("suite", SHORT, ids=lambda suite: suite.title)
def test_nothing_is_lost_and_the_broken_build_is_caught(suite: Suite) -> None:
    found = list(suite.run(long=False))
    assert found
    for held in found:
        assert held.counts, (str(held), held.lost[:5])


def test_a_figure_counts_only_beside_a_control_that_was_caught() -> None:
    caught = Held("kill", "SQLite", 3, "kills", (), Control("no fsync", 1))
    assert caught.counts
    assert "3 kills, lost: 0; control (no fsync): caught 1 times." in str(caught)
    assert not Held("kill", "SQLite", 3, "kills", (), Control("no fsync", 0)).counts
    assert not Held("kill", "SQLite", 0, "kills", (), Control("no fsync", 1)).counts
    assert not Held("kill", "SQLite", 3, "kills", ("lost: e1",), Control("no fsync", 1)).counts
