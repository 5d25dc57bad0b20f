"""Having a ledger's last checkpoint witnessed: every witness is asked, and what each answered is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.cli.doors import PATH
from chancery.cli.posting import post
from chancery.log.asking import cosignatures
from chancery.log.heads import witnesses_of
from chancery.log.witness import TEXT_TYPE
from chancery.store.publishing import keep_cosignatures, last_cosigned, newest, tree_of
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.log.asking import Send
    from chancery.log.checkpoints import SignedCheckpoint
    from chancery.log.trust import Trust
    from chancery.store.base import Store
    from chancery.values import Phrase


class Asked(Struct, frozen=True):
    """What asking one witness came to."""

    said: Phrase
    fault: bool = False


def ask(store: Store, trust: Trust, urls: Sequence[str]) -> Iterator[Asked]:
    """Ask the witnesses at some addresses, or else those of the trust file, and keep what they cosign. Raises Fault.

    A witness that does not answer, or refuses, keeps no other from being asked.
    """
    doors = tuple(("", url) for url in urls) or trust.doors
    if not doors:
        raise Fault(phrase("there is nobody to ask: name a witness (--witness URL), or its `url` in the trust file"))
    signed = checked(store, trust)
    tree, done = tree_of(store, signed.checkpoint.size), witnesses_of(signed, trust)
    old = last_cosigned(store)
    for organisation, url in doors:
        if organisation in done:
            yield Asked(phrase("{organisation}: had cosigned it already.", organisation=organisation))
            continue
        try:
            found = cosignatures(signed, old, tree.consistency, _to(url), trust.organisations())
        except Fault as fault:
            yield Asked(phrase("{url}: {fault}", url=url, fault=fault.phrase), fault=True)
            continue
        keep_cosignatures(store, signed, found)
        names = {trust.organisations()[key] for key in trust.organisations() for each in found if each.is_by(key)}
        yield Asked(phrase("{organisation}: cosigned.", organisation=", ".join(sorted(names))))


def checked(store: Store, trust: Trust) -> SignedCheckpoint:
    """The last checkpoint of a ledger that a trust file is about. Raises Fault."""
    signed = newest(store)
    if signed is None:
        raise Fault(phrase("no checkpoint was signed yet; `chancery ledger checkpoint` signs one"))
    if signed.checkpoint.origin != trust.origin:
        raise Fault(
            phrase("this is the log {found}; the trust file is about {known}", found=store.origin, known=trust.origin)
        )
    return signed


def _to(url: str) -> Send:
    """Sends to the witness at an address: the prefix of tlog-witness, or the path itself."""
    whole = f"{url.removesuffix(PATH).rstrip('/')}{PATH}"
    return lambda data: post(whole, data, TEXT_TYPE)
