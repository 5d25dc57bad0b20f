"""A made-up ledger of beancount: opened accounts, then transactions with a payee, a narration and two postings."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = date(2016, 1, 1)
DAYS = 3_650
SEED = 2803
FEWEST_ACCOUNTS = 20
DIRECTIVES_AN_ACCOUNT = 500


def directives(count: int) -> Iterator[str]:
    """So many directives."""
    chance = random.Random(SEED)  # noqa: S311  # measured, not secret
    accounts = [f"Assets:Fund:A{number}" for number in range(max(count // DIRECTIVES_AN_ACCOUNT, FEWEST_ACCOUNTS))]
    yield from (f"2015-01-01 open {account} USD" for account in accounts)
    for number in range(count - len(accounts)):
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        giver, taker = chance.sample(accounts, 2)
        amount = f"{chance.randrange(1, 5_000)}.00 USD"
        yield f'{day} * "Payee {number % 500}" "Moves money for the work of the body"\n  {taker}  {amount}\n  {giver}'
