"""Gather every message that the code says, and keep the catalogues in step: `python -m tests.messages [--check]`."""

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import normalize, read_po
from jinja2 import Environment, nodes
from msgspec import Struct

from chancery.acts import KINDS, fields_of, statement_of, subject_words, subjects, tables_within
from chancery.languages import COUNTER, PUBLIC, SOURCE
from chancery.register import Head, Source
from chancery.rules.base import Rule
from chancery.values import slots

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "chancery"
CATALOGUES = PACKAGE / "languages"
TEMPLATE = CATALOGUES / "chancery.pot"
WIDTH = 110
WHOLE = frozenset({SOURCE, "ar"})
"""Languages in which no message may be left unsaid."""

PUBLISHED = frozenset({"ar", "es", "fr", "he", "ru", "tr", "zh"})
"""Languages in which no message that public pages may say may be left unsaid."""

PAGES = frozenset({"acts", "languages", "ledger", "register", "rules", "site", "values", "views"})
"""Rooms whose messages public pages may say, but for what describes the fields of a file."""

LABELLED = ("register", "rules", "acts", "views")
"""Rooms whose closed lists (Literal types, enumerations) are spoken."""
UNSPOKEN = frozenset({"Sort", "Weekday"})
"""Closed lists in those rooms that are never spoken: how a cell is read; days, which are phrases already."""
NAMED = frozenset({"CountRule", "Against", "Clash"})
"""Rules whose first argument is their name, which is spoken."""
SORTS = frozenset({"sort", "SORTS"})
"""Constants that name sorts of money, which are spoken."""
MADE_ELSEWHERE = frozenset({"acts/base.py", "views/base.py", "languages/reader.py", "site/speaking.py"})
"""Files that make phrases from what other files declare: docstrings of kinds, titles of views, labels."""
TEMPLATES = "*.html"
"""The templates of pages, whose messages stand in calls of `_`."""
SIDES = ("preferred", "agrees", "differs", "denies")
"""On which side of a fact an account stands, as the views say it."""
HEAD = """\
# Messages of Chancery. docs/guide/languages.md says how they are kept.
msgid ""
msgstr ""
"Language: {lang}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"""


@dataclass
class Said:
    """One message: where it is said, and as what."""

    msgid: str
    places: set[str] = field(default_factory=set)
    uses: set[str] = field(default_factory=set)

    @property
    def counted(self) -> bool:
        """Whether its form hangs on the number in its slot `n`."""
        return any(name == COUNTER and kind == "number" for _, name, kind in slots(self.msgid))

    @property
    def public(self) -> bool:
        """Whether public pages may say it."""
        return any(place.split("/")[0] in PAGES for place in self.places) and self.uses != {"description of a field"}

    @property
    def remarks(self) -> list[str]:
        """What its catalogues say of it: as what it is said, and whether on public pages."""
        return sorted(self.uses) + [PUBLIC] * self.public


def spoken(code: str) -> str:
    """A code as Reader.label asks the catalogue for it."""
    return code.replace("_", " ").replace(".", " ")


class Gatherer(ast.NodeVisitor):
    """Finds the messages in one file."""

    def __init__(self, place: str, found: dict[str, Said]) -> None:
        self.place = place
        self.found = found
        self.constants: dict[str, str] = {}
        self.unread: list[str] = []

    def add(self, msgid: str, use: str) -> None:
        if not any(literal.strip() for literal, _, _ in slots(msgid)):
            return  # nothing but slots: the same in every language
        said = self.found.setdefault(msgid, Said(msgid))
        said.places.add(self.place)
        said.uses.add(use)

    def visit_Assign(self, node: ast.Assign) -> None:  # as NodeVisitor names it
        target = node.targets[0]
        if isinstance(target, ast.Name):
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
                self.constants[target.id] = node.value.value
            if target.id in SORTS:
                self.all_codes(node.value)
            if target.id in UNSPOKEN:
                return
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:  # as NodeVisitor names it
        enumerated = any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases)
        if enumerated and (self.labelled or node.name == "Weight"):
            for each in node.body:
                if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant):
                    self.add(spoken(str(each.value.value)), "label")
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:  # as NodeVisitor names it
        if self.labelled and isinstance(node.value, ast.Name) and node.value.id == "Literal":
            self.all_codes(node.slice)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:  # as NodeVisitor names it
        match node:
            case ast.Call(func=ast.Name(id="phrase"), args=[said, *_]):
                self.add_all(said, "message")
            case ast.Call(func=ast.Attribute(attr="text"), args=[said, *_]):
                self.add_all(said, "message")
            case ast.Call(
                func=ast.Name(id="label") | ast.Attribute(attr="label"), args=[ast.Constant(value=str(code)), *_]
            ):
                self.add(spoken(code), "label")
            case ast.Call(func=ast.Name(id="view"), args=[_, said, *_]):
                self.add_all(said, "title of a view")
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(code)), *_]) if name in NAMED:
                self.add(spoken(code), "label")
            case ast.Call(func=ast.Name(id="Column"), args=[_, _, ast.Constant(value="code"), *_], keywords=more):
                self.codes(more)
        self.generic_visit(node)

    def all_codes(self, node: ast.expr) -> None:
        """Add each text within an expression as a word of a closed list."""
        for each in ast.walk(node):
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                self.add(spoken(each.value), "label")

    def codes(self, keywords: Iterable[ast.keyword]) -> None:
        """Add the codes that a column of codes is documented to hold."""
        for each in keywords:
            if each.arg == "about" and isinstance(each.value, ast.Constant):
                for code in re.findall(r"`([a-z_.]+)`", str(each.value.value)):
                    self.add(spoken(code), "label")

    def add_all(self, node: ast.expr, use: str) -> None:
        """Add each text that an expression can be."""
        match node:
            case ast.Constant(value=str(text)):
                self.add(text, use)
            case ast.IfExp(body=one, orelse=other):
                self.add_all(one, use)
                self.add_all(other, use)
            case ast.Name(id=name) if name in self.constants:
                self.add(self.constants[name], use)
            case ast.Attribute(attr="msgid"):
                return  # of a phrase that is written out where it is made
            case _ if self.place not in MADE_ELSEWHERE:
                self.unread.append(f"{self.place}:{node.lineno}: {ast.unparse(node)}")

    @property
    def labelled(self) -> bool:
        return self.place.startswith(LABELLED)


def gathered() -> dict[str, Said]:
    """Every message by its English. Raises ValueError for a message that is not a literal and so cannot be gathered."""
    found: dict[str, Said] = {}
    unread: list[str] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        gatherer = Gatherer(path.relative_to(PACKAGE).as_posix(), found)
        gatherer.visit(ast.parse(path.read_text(encoding="utf-8")))
        unread.extend(gatherer.unread)
    for path in sorted(PACKAGE.rglob(TEMPLATES)):
        gatherer = Gatherer(path.relative_to(PACKAGE).as_posix(), found)
        for msgid in in_template(path.read_text(encoding="utf-8")):
            gatherer.add(msgid, "text of a page")
    if unread:
        raise ValueError("write these messages as literals, so that they can be translated:\n" + "\n".join(unread))
    for msgid, use, place in declared():
        if msgid:
            Gatherer(place, found).add(msgid, use)
    return found


def in_template(text: str) -> Iterator[str]:
    """Each message that a template says by `_`. Raises ValueError for one that is not a literal."""
    for call in Environment(autoescape=True).parse(text).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_":
            said = call.args[0]
            if not isinstance(said, nodes.Const):
                raise ValueError(f"line {said.lineno} of a template: write the message as a literal")
            yield str(said.value)


def declared() -> Iterator[tuple[str, str, str]]:
    """What kinds and rules declare: their names, what they are, their fields."""
    kinds = [kind for kind in KINDS.values() if kind.__module__.startswith("chancery.")]  # not those that tests define
    for kind in kinds:
        yield spoken(kind.kind), "kind of act", file_of(kind)
        yield statement_of(kind).msgid, "what a kind of act is", file_of(kind)
        for name in kind.__struct_fields__:
            yield spoken(name), "field", file_of(kind)
    for found in subjects().values():
        if found[0] in kinds:
            yield subject_words(found).msgid, "what kinds of act are about", file_of(found[0])
    structs: tuple[type[Struct], ...] = (Head, Source, *kinds)
    for struct in (*structs, *tables_within(structs)):
        for each in fields_of(struct):
            yield each.about.msgid, "description of a field", file_of(struct)
    for rule in Rule.__subclasses__():
        yield spoken(str(rule.__struct_config__.tag)), "type of rule", "rules/provisions.py"
    for side in SIDES:
        yield side, "side of an account", "views/cells.py"


def file_of(thing: type) -> str:
    return thing.__module__.removeprefix("chancery.").replace(".", "/") + ".py"


def template() -> list[Said]:
    """Every message, in the order of the files that say it first."""
    return sorted(gathered().values(), key=lambda said: (min(said.places), said.msgid))


def wanted(lang: str, messages: Iterable[Said]) -> list[Said]:
    """The messages that a language's catalogue holds: English needs only those that count."""
    return [said for said in messages if said.counted or lang != SOURCE]


def language(path: Path) -> str:
    return path.name.removesuffix(".po")


def catalogue(path: Path) -> Catalog:
    return read_po(BytesIO(path.read_bytes()))


def head_of(path: Path) -> str:
    """The comments and the header of a catalogue, as they stand."""
    return path.read_text(encoding="utf-8").split("\n\n", 1)[0].rstrip()


def header(lang: str) -> str:
    """The header of a new catalogue."""
    number, expression = get_plural(lang.replace("-", "_"))
    return HEAD.format(lang=lang, plurals=f"nplurals={number}; plural={expression};").rstrip()


def entry(said: Said, message: Message | None, forms: int) -> str:
    """One message as a catalogue holds it."""
    lines = [f"# {comment}" for comment in (message.user_comments if message else ())]
    lines += [f"#. {remark}" for remark in said.remarks] + [f"#: {place}" for place in sorted(said.places)]
    lines += ["#, fuzzy"] if message is not None and message.fuzzy else []
    lines.append(f"msgid {normalize(said.msgid, width=WIDTH)}")
    texts = strings(message, forms if said.counted else 1)
    if not said.counted:
        return "\n".join([*lines, f"msgstr {normalize(texts[0], width=WIDTH)}"])
    lines.append(f"msgid_plural {normalize(said.msgid, width=WIDTH)}")
    lines += [f"msgstr[{number}] {normalize(text, width=WIDTH)}" for number, text in enumerate(texts)]
    return "\n".join(lines)


def strings(message: Message | None, forms: int) -> list[str]:
    """The translations that a message has, in as many forms as it needs."""
    said = (message.string or "") if message is not None else ""
    texts = [said] if isinstance(said, str) else list(said)
    return [*texts, *[""] * forms][:forms]


def merged(path: Path, messages: list[Said]) -> str:
    """A catalogue with every message of the code and no other; what was translated stays."""
    old = catalogue(path)
    entries = (entry(said, old.get(said.msgid), old.num_plurals) for said in wanted(language(path), messages))
    return "\n\n".join((head_of(path), *entries)) + "\n"


def template_text(messages: list[Said]) -> str:
    return "\n\n".join((header(SOURCE), *(entry(said, None, 2) for said in messages))) + "\n"


def merge(new: Iterable[str] = ()) -> None:
    """Bring every catalogue in step with the code, and begin those of new languages."""
    messages = template()
    TEMPLATE.write_text(template_text(messages), encoding="utf-8")
    for lang in new:
        (CATALOGUES / f"{lang}.po").write_text(header(lang) + "\n", encoding="utf-8")
    for path in sorted(CATALOGUES.glob("*.po")):
        path.write_text(merged(path, messages), encoding="utf-8")


def faults() -> Iterator[str]:
    """Where the catalogues are out of step with the code, and what a language that is kept whole leaves unsaid."""
    messages = template()
    yield from out_of_step(TEMPLATE, messages)
    for path in sorted(CATALOGUES.glob("*.po")):
        asked = wanted(language(path), messages)
        yield from out_of_step(path, asked)
        if language(path) in WHOLE:
            yield from unsaid(path, asked)
        elif language(path) in PUBLISHED:
            yield from unsaid(path, [said for said in asked if said.public])


def out_of_step(path: Path, asked: list[Said]) -> Iterator[str]:
    held = {shape(message) for message in catalogue(path) if message.id}
    needed = {(said.msgid, said.counted) for said in asked}
    yield from (f"{path.name} lacks: {msgid}" for msgid, _ in sorted(needed - held))
    yield from (f"{path.name} is stale: {msgid}" for msgid, _ in sorted(held - needed))


def shape(message: Message) -> tuple[str, bool]:
    """A message's English, and whether it has forms that count."""
    return (message.id, False) if isinstance(message.id, str) else (message.id[0], True)


def unsaid(path: Path, asked: list[Said]) -> Iterator[str]:
    found = catalogue(path)
    for said in asked:
        message = found.get(said.msgid)
        if not all(strings(message, found.num_plurals if said.counted else 1)) or (message and message.fuzzy):
            yield f"{path.name} does not say: {said.msgid}"


def main(words: list[str]) -> int:
    """Merge, or with --check only say what is out of step. Exit code 1 where something is."""
    parser = argparse.ArgumentParser(prog="python -m tests.messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail where something is out of step")
    parser.add_argument("--new", metavar="LANG", action="append", default=[], help="begin a catalogue")
    asked = parser.parse_args(words)
    if not asked.check:
        merge(asked.new)
    found = list(faults())
    sys.stderr.write("".join(f"{fault}\n" for fault in found))
    if found and asked.check:
        sys.stderr.write("Type `make messages`, then translate what src/chancery/languages/*.po leave empty.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
