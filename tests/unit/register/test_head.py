from chancery.register import OWN_WORD, Head


def test_the_weightiest_standing_has_rank_0() -> None:
    assert Head().ranks()["instrument"] == 0


def test_an_own_word_comes_after_official_copies_and_before_the_wires() -> None:
    ranks = Head().ranks()
    assert ranks["official-copy"] < ranks[OWN_WORD] < ranks["wire"]


def test_standings_that_a_record_does_not_order_come_after_those_that_it_does() -> None:
    ranks = Head(standings=("press", "official")).ranks()
    assert ranks["press"] == 0
    assert ranks["official"] == 1
    assert ranks["official"] < ranks["instrument"] < ranks["garbled"]


def test_a_standing_named_twice_keeps_its_first_place() -> None:
    assert Head(standings=("press", "wire", "press")).ranks()["wire"] == 1
