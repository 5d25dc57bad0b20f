"""W3C PROV as PROV-JSON: each account is an entity derived from its sources and attributed to whoever said it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from chancery.acts import data_of
from chancery.exchange.base import WHOLE
from chancery.exchange.plain import filled, json_bytes, text_of
from chancery.exchange.tables import cell_text
from chancery.languages.names import NameBook
from chancery.values import family

if TYPE_CHECKING:
    from chancery.exchange.base import Parts
    from chancery.register import Account, Fact, Register, Source

SPACE = "urn:chancery:"

PREFIXES = {"entry": f"{SPACE}entry:", "ref": f"{SPACE}ref:", "recording": f"{SPACE}recording:", "ch": f"{SPACE}word:"}

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
"""Letters of a local name that need no percent sign."""

Record = dict[str, object]


def write_prov(register: Register) -> Parts:
    """The provenance of every account in force."""
    return {WHOLE: json_bytes(ProvWriting(register).document())}


class ProvWriting:
    """One register as PROV: the records of each sort (PROV-JSON, 2.1), by name."""

    def __init__(self, register: Register) -> None:
        """Begin with no records."""
        self._register = register
        self._book = NameBook(register)
        self._records: defaultdict[str, dict[str, Record]] = defaultdict(dict)

    def document(self) -> Record:
        """The whole document; the register itself is an entity that has every account as a member."""
        clocks = {f"ch:{name}": text for name, text in self._register.reading.clocks().items() if text}
        title = text_of(self._register.head.title) or "register"
        self._records["entity"]["ch:register"] = {
            "prov:type": _name("prov:Collection"),
            "prov:label": title,
            **clocks,
        }
        for fact in self._register.facts():
            for account in fact.accounts:
                self._account(fact, account)
            for denial in fact.denials:
                self._relate(
                    "wasInfluencedBy",
                    **{
                        "prov:influencee": entry_name(fact.act.id),
                        "prov:influencer": entry_name(denial.id),
                        "ch:as": "denies",
                    },
                )
        return {"prefix": PREFIXES, **self._records}

    def _account(self, fact: Fact[Account], account: Account) -> None:
        name = entry_name(account.id)
        said = {
            f"ch:{field}": cell_text(_listed(value)) for field, value in data_of(account).items() if field != "cites"
        }
        side = "preferred" if account is fact.act else "agrees" if fact.agrees(account) else "differs"
        self._records["entity"][name] = {**said, "ch:agreement": fact.agreement, "ch:side": side}
        self._relate("hadMember", **{"prov:collection": "ch:register", "prov:entity": name})
        for cite in account.cites:
            place = filled(**{"ch:article": cite.article, "ch:page": cite.page})
            source = self._source(self._register.sources[cite.source])
            kind = {"prov:type": _name("prov:PrimarySource")}
            derived = {"prov:generatedEntity": name, "prov:usedEntity": source, **kind, **place}
            self._relate("wasDerivedFrom", **derived)
        if account is not fact.act:
            self._relate("alternateOf", **{"prov:alternate1": name, "prov:alternate2": entry_name(fact.act.id)})
        self._speaker(name, account)
        self._recording(name, account)

    def _speaker(self, name: str, account: Account) -> None:
        """Who said it, and for whom."""
        if account.speaker is None:
            return
        speaker = self._agent(account.speaker)
        role = filled(**{"ch:channel": account.channel})
        self._relate("wasAttributedTo", **{"prov:entity": name, "prov:agent": speaker, "ch:as": "speaker", **role})
        if account.on_behalf_of is not None:
            party = self._agent(account.on_behalf_of)
            self._relate("actedOnBehalfOf", **{"prov:delegate": speaker, "prov:responsible": party})

    def _recording(self, name: str, account: Account) -> None:
        """Its recording, where the account says when it was recorded."""
        if account.recorded is None:
            return
        activity, at = name.replace("entry:", "recording:", 1), account.recorded.utc
        self._records["activity"][activity] = {"prov:startTime": at, "prov:endTime": at}
        self._relate("wasGeneratedBy", **{"prov:entity": name, "prov:activity": activity, "prov:time": at})
        if account.by_officer is not None:
            officer = self._agent(account.by_officer)
            self._relate("wasAssociatedWith", **{"prov:activity": activity, "prov:agent": officer})

    def _source(self, source: Source) -> str:
        name = ref_name(source.ref)
        if name not in self._records["entity"]:
            data = {field: value for field, value in data_of(source).items() if field != "kind"}  # which a line has
            fields = {f"ch:{field}": value for field, value in data.items() if isinstance(value, str)}
            self._records["entity"][name] = {"prov:label": source.title or source.ref, **fields}
            outlet = source.outlet or source.publisher
            if outlet is not None:
                agent = f"ch:outlet-{local(outlet)}"
                self._records["agent"][agent] = {"prov:label": outlet, "prov:type": _name("prov:Organization")}
                self._relate("wasAttributedTo", **{"prov:entity": name, "prov:agent": agent, "ch:as": "outlet"})
        return name

    def _agent(self, ref: str) -> str:
        name = ref_name(ref)
        kind = "prov:Person" if family(ref) == "person" else "prov:Organization"
        label = self._book.spoken(ref, "en")  # type: ignore[arg-type]  # the ref of a party
        self._records["agent"][name] = {"prov:label": label, "prov:type": _name(kind)}
        return name

    def _relate(self, sort: str, **fields: object) -> None:
        """Add a relation; relations have no name of their own."""
        found = self._records[sort]
        found[f"_:{sort}{len(found) + 1}"] = fields


def entry_name(entry: str) -> str:
    """The qualified name of an entry."""
    return f"entry:{local(entry)}"


def ref_name(ref: str) -> str:
    """The qualified name of a ref."""
    return f"ref:{local(ref)}"


def local(text: str) -> str:
    """A text as the local part of a qualified name: every other letter by its bytes, after a percent sign."""
    return "".join(
        letter if letter in PLAIN else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in text
    )


def _name(qualified: str) -> dict[str, str]:
    """A qualified name as a value (PROV-JSON, 2.2)."""
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
