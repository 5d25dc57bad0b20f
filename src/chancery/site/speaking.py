"""Speaking in HTML: phrases, names and cells as markup, every text escaped, every ref a link to its page."""

from __future__ import annotations

from copy import copy
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast
from urllib.parse import quote

from markupsafe import Markup, escape

from chancery.languages import Reader
from chancery.values import Date, Instant, Phrase, Tongues, is_ref, slots
from chancery.views.base import label
from chancery.views.cells import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from decimal import Decimal

    from chancery.languages.names import NameBook
    from chancery.site.addresses import Address
    from chancery.views import Column

NOTHING = Markup()


LINK, PLACE = 'href="', "~"
"""How the address of a link begins, and what stands there for that of its reading until the page is whole.

Data cannot hold the two together: its quotation marks are escaped.
"""

Made = TypeVar("Made", bound=str)


class Memory(NamedTuple):
    """What was said in a language and reads the same on every page: days, codes, numbers, phrases without names."""

    days: dict[Date, Markup]
    codes: dict[str, Markup]
    numbers: dict[int, str]
    phrases: dict[Phrase, Markup]


class Named(NamedTuple):
    """What was said with names and links, and reads the same on every day on which all are called the same."""

    phrases: dict[Phrase, Markup]
    links: dict[str, Markup]
    pieces: dict[Hashable, str]


LONGEST_MEMORY = 50_000
"""Phrases of a language that are remembered; then all are forgotten, and remembered anew."""


@cache
def _memory(lang: str) -> Memory:  # noqa: ARG001  # one for each
    return Memory({}, {}, {}, {})


def memory_of(lang: str) -> Memory:
    """The memory of a language, within its bound."""
    found = _memory(lang)
    _bound(found)
    return found


MOST_BOOKS = 32
"""Books of names with which what was said is remembered, each in one language, at the most."""


@lru_cache(maxsize=MOST_BOOKS)
def _named(lang: str, names: NameBook) -> Named:  # noqa: ARG001  # one for each
    return Named({}, {}, {})


def named_of(lang: str, names: NameBook) -> Named:
    """The memory of a language with a book of names, within its bound."""
    found = _named(lang, names)
    _bound(found)
    return found


def _bound(memory: Memory | Named) -> None:
    for each in memory:
        if len(each) > LONGEST_MEMORY:
            each.clear()


def _is_nameless(said: Phrase) -> bool:
    """Whether a phrase names nobody, so that it has no link and no name that a day could change."""
    kinds = {kind for _, _, kind in slots(said.msgid)}
    inner = (value for _, value in said.values if isinstance(value, Phrase))
    return kinds.isdisjoint({"name", "names"}) and all(map(_is_nameless, inner))


class Speaker(Reader):
    """A reader that writes HTML. What it is given is data and is escaped; what it gives back is markup.

    What it says once it remembers: a page names the same parties, days and words many times.
    """

    def __init__(self, reader: Reader, address: Address) -> None:
        """Speak as a reader does, with links in an address's reading."""
        self.__dict__.update(copy(reader.plain).__dict__)
        self.address = address
        self._phrases, self._links, self._pieces = (
            named_of(self.lang, self.names) if address.files is None else Named({}, {}, {})
        )
        self._days, self._codes, self._numbers, self._nameless = memory_of(reader.lang)

    def placed(self, html: str) -> str:
        """A page with the address of the reading in its links, where links hold a place for it."""
        return html.replace(LINK + PLACE, f"{LINK}{escape(self.address.at().path)}")

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """A piece of a page, made of names, links and what its key holds: once for all days that have those names."""
        found = self._pieces.get(key)
        if found is None:
            found = self._pieces[key] = make()
        return cast("Made", found)

    def _literal(self, text: str) -> Markup:
        return escape(text)

    def say(self, said: Phrase) -> Markup:
        """A phrase as markup."""
        found = self._phrases.get(said) or self._nameless.get(said)
        if found is None:
            found = _markup(super().say(said))
            (self._nameless if _is_nameless(said) else self._phrases)[said] = found
        return found

    def text(self, msgid: str, number: object = None) -> Markup:
        """A fixed message as markup."""
        return Markup(super().text(msgid, number))  # noqa: S704  # the same

    def label(self, code: str) -> Markup:
        """A word of a closed list as markup."""
        return self.say(label(code))

    def _slot(self, value: object, kind: str) -> Markup:
        if kind == "name" and isinstance(value, str):
            return self.link(value)
        if kind == "names" and isinstance(value, (tuple, list)):
            return self.links(value)
        return _isolated(self.cell(value)) if isinstance(value, str) else self.cell(value)

    def cell(self, value: object) -> Markup:
        """Any value as markup."""
        match value:
            case Phrase():
                return self.say(value)
            case Date():
                return self.day(value)
            case Instant():
                return Markup('<time datetime="{}">{}</time>').format(value.utc, super().cell(value))
            case Tongues():
                lang, said = self.tongue(value)
                return Markup('<span lang="{}" dir="auto">{}</span>').format(lang, said)
            case _:
                return escape(super().cell(value))

    def day(self, value: Date) -> Markup:
        """A day, machine-readable where it is one."""
        found = self._days.get(value)
        if found is None:
            said = escape(super().date(value))
            exact = value.exact
            found = _markup(f'<time datetime="{escape(value.text)}">{said}</time>') if exact else said
            self._days[value] = found
        return found

    def link(self, ref: str) -> Markup:
        """A ref by its name, linked to its page; what is no ref as it stands."""
        found = self._links.get(ref)
        if found is None:
            found = self._links[ref] = self._linked(ref)
        return found

    def _linked(self, ref: str) -> Markup:
        if not is_ref(ref):
            return _isolated(escape(ref))
        return _markup(f'<a {LINK}{self.href(ref)}"><bdi>{escape(self.name(ref))}</bdi></a>')

    def href(self, ref: str) -> Markup:
        """The address of a ref's page, as it stands in a link."""
        return self._href(*ref.split(":", 1))

    def _href(self, *parts: str) -> Markup:
        """The address of a page of the reading; among files some pages stand elsewhere."""
        if self.address.files is not None:
            return escape(self.address.at(*parts).path)
        return escape(f"{PLACE}{quote('/'.join(parts), safe=':@+~/')}/")

    def links(self, refs: Iterable[str]) -> Markup:
        """Several refs, as a list in a line."""
        return self.listed(map(self.link, refs))

    def listed(self, said: Iterable[Markup]) -> Markup:
        """Several pieces in a line."""
        return _markup(self.comma.join(said))

    @property
    def comma(self) -> str:
        """What stands between the members of a list in a line."""
        return "، " if self.lang.partition("-")[0] in ("ar", "fa", "ur") else ", "

    def entry(self, entry: str, number: int | None = None) -> Markup:
        """A link to an entry, by a number or by its id."""
        said = escape(entry) if number is None else self.number(number)
        href = self._href("entry", entry)
        return _markup(f'<a {LINK}{href}" aria-label="{self._entry} {escape(entry)}"><bdi>{said}</bdi></a>')

    @cached_property
    def _entry(self) -> Markup:
        return self.text("Entry")

    def number(self, number: int | Decimal) -> str:
        """A number in the language's digits; small ones are said often."""
        if not isinstance(number, int):
            return super().number(number)
        found = self._numbers.get(number)
        if found is None:
            found = self._numbers[number] = super().number(number)
        return found

    def for_whom(self, who: object, party: object) -> Markup:
        """Who speaks, and for whom where that is somebody else."""
        if who is None:
            return NOTHING if party is None else self.link(str(party))
        if party is None or party == who:
            return self.link(str(who))
        return Markup("{} ({})").format(self.link(str(who)), self.link(str(party)))

    def value(self, value: object) -> Markup:
        """What an account says in a field."""
        said = spoken(value)
        if said is None:
            return Markup("–")
        return (
            self.code(value) if isinstance(value, str) and value.isidentifier() and value.islower() else self.say(said)
        )

    def code(self, code: str) -> Markup:
        """A word of a closed list, with a class to style it by."""
        found = self._codes.get(code)
        if found is None:
            said = self.label(code)
            name = code.replace("_", "-").replace(".", "-")
            found = self._codes[code] = _markup(f'<span class="code c-{escape(name)}">{said}</span>')
        return found

    def in_column(self, value: object, column: Column) -> Markup:  # noqa: PLR0911  # one answer for each sort of column
        """A cell of a view as its column reads it."""
        if value is None or value == ():
            return NOTHING
        if column.brief is not None:
            return self.items([self.say(each) for each in column.brief(value)])
        if column.sort == "ref":
            return self.link(str(value))
        if column.sort == "refs" and isinstance(value, (tuple, list)):
            return self.links(value)
        if column.sort == "code":
            return self.code(str(value))
        if column.sort == "texts" and isinstance(value, (tuple, list)):
            return self.items([self.cell(each) for each in value])
        if column.key == "source" and isinstance(value, str):
            return self.link(value)
        return _isolated(self.cell(value)) if isinstance(value, str) else self.cell(value)

    def items(self, said: list[Markup], *, always: bool = False) -> Markup:
        """Several pieces: one as it is, more as a list."""
        if len(said) <= 1 and not always:
            return said[0] if said else NOTHING
        return _markup(f"<ul>{''.join(f'<li>{escape(each)}</li>' for each in said)}</ul>")


def _isolated(said: Markup) -> Markup:
    return _markup(f"<bdi>{escape(said)}</bdi>")


def _markup(html: str) -> Markup:
    """HTML of which every piece that is data was escaped: this is where that is promised."""
    return Markup(html)  # noqa: S704  # see above
