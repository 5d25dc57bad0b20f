"""`chancery ledger log` and `show`: what stands in the log, and how far each entry has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click
import msgspec

from chancery.cli.databases import database_option, refusing
from chancery.cli.options import checked_lang, lang_option
from chancery.cli.tables import click_echo
from chancery.languages import Reader
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from chancery.log.stages import Stage, Stages
    from chancery.store.base import Row, Store
    from chancery.store.urls import Address
    from chancery.values import Phrase

Form = Literal["text", "json"]

trust_option = click.option(
    "--trust", "trust_file", metavar="FILE", help="Whose cosignatures count: your own trust file (TOML)."
)
form_option = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.command("log")
@database_option
@click.option("--from", "start", type=click.IntRange(0), default=0, show_default=True, help="The first entry, from 0.")
@click.option("--to", "stop", type=click.IntRange(0), help="The entry after the last.")
@trust_option
@form_option
@lang_option
def log_command(
    database: Address, start: int, stop: int | None, trust_file: str | None, form: Form, lang: str
) -> None:  # one parameter for each option
    """Show what stands in the log: each entry's place, moment, kind and id, and whether it is sealed or shredded.

    And how far it has come: recorded; under a checkpoint, of what size; witnessed, by how many (--trust FILE).
    """
    from chancery.store.opening import opened  # noqa: PLC0415  # only databases need it

    reader = Reader(checked_lang(lang))
    with refusing(reader), opened(database) as store:
        stages = _stages(store, trust_file)
        for row in store.rows(start, None if stop is None else min(stop, store.frontier().size)):
            stage = stages.of(row.seq)
            told = told_of(row)
            click_echo(
                _json({**told, **_stage(stage)}) if form == "json" else f"{_line(told)}  {reader.say(stage.said)}"
            )


@click.command("show")
@click.argument("seq", type=click.IntRange(0))
@database_option
@trust_option
@form_option
@lang_option
def show_command(seq: int, database: Address, trust_file: str | None, form: Form, lang: str) -> None:
    """Show entry SEQ: what its leaf says, how far it has come, and its body where it may be read."""
    from chancery.store.opening import opened  # noqa: PLC0415  # only databases need it
    from chancery.store.publishing import opened_for  # noqa: PLC0415  # the same

    reader = Reader(checked_lang(lang))
    with refusing(reader), opened(database) as store:
        row = next(store.rows(seq, seq + 1), None) if seq < store.frontier().size else None
        if row is None:
            raise Fault(phrase("there is no entry {seq}; the last is {last}", seq=seq, last=store.frontier().size - 1))
        stage, body = _stages(store, trust_file).of(seq), opened_for(row, database.audiences)
    told = told_of(row)
    if form == "json":
        shown = None if body is None else msgspec.Raw(body.body)
        click_echo(_json({**told, **_stage(stage), "body": shown}))
        return
    for name, value in {**told, "stage": reader.say(stage.said)}.items():
        if value is not None:
            click_echo(f"{name:<10} {value}")
    click_echo(reader.say(_withheld(row)) if body is None else msgspec.json.format(body.body, indent=2).decode())


def _withheld(row: Row) -> Phrase:
    if row.gone is not None:
        return phrase("Its body was shredded.")
    return phrase("Its body is for {audience}: ?audience={audience} in the address reads it.", audience=row.audience)


def _stages(store: Store, trust_file: str | None) -> Stages:
    from chancery.cli.verdicts import trusted  # noqa: PLC0415  # cryptography is slow to import
    from chancery.log.stages import Stages  # noqa: PLC0415  # the same
    from chancery.store.publishing import signed_ones  # noqa: PLC0415  # only databases need it

    return Stages(signed_ones(store), trusted(trust_file))


def _stage(stage: Stage) -> dict[str, object]:
    return {
        "stage": stage.name,
        "checkpoint": stage.checkpoint,
        "cosigned": stage.cosigned,
        "organisations": stage.named,
    }


def told_of(row: Row) -> dict[str, object]:
    """What the log shows of an entry: its header, and what became of its body."""
    from chancery.log.leaves import read  # noqa: PLC0415  # only databases need it

    header = read(row.leaf)
    return {
        "seq": row.seq,
        "recorded": header.instant.utc,
        "kind": header.kind,
        "id": header.id,
        "by": header.by,
        "audience": row.audience,
        "sealed": row.sealed,
        "shredded": row.gone,
    }


def _json(told: dict[str, object]) -> str:
    return msgspec.json.encode(told).decode()


def _line(told: dict[str, object]) -> str:
    marks = [f"{name} by {told[name]}" for name in ("sealed", "shredded") if told[name] is not None]
    audience = [] if told["audience"] == "public" else [f"for {told['audience']}"]
    return "  ".join(
        [f"{told['seq']:>6}", *(str(told[name]) for name in ("recorded", "kind", "id")), *audience, *marks]
    )
