"""The tables of a ledger, as Django's migrations make them. They are read and written by the shelves, in plain SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    BigInteger = models.BigIntegerField[int, int]
else:
    BigInteger = models.BigIntegerField


class Seq(BigInteger):
    """A place in the ledger, from 0. In SQLite it is the number of the row itself, so that no index stands between."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """The type of the column."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)

    def deconstruct(self) -> Any:  # noqa: ANN401  # as Django types it
        """As migrations write it down."""
        name, _, args, kwargs = super().deconstruct()
        return name, "chancery.store.models.Seq", args, kwargs


class Head(models.Model):
    """The one row that every writer locks: the tree's size and the roots of its whole subtrees, largest first.

    ``latest`` is the moment at which the last entry was recorded, as its leaf says it: it never goes back.
    """

    one: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(primary_key=True)
    origin: models.TextField[str, str] = models.TextField()
    size: models.BigIntegerField[int, int] = models.BigIntegerField()
    latest: models.TextField[str, str] = models.TextField()
    peaks: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        """Its table."""

        db_table = "chancery_head"
        constraints = (models.CheckConstraint(condition=models.Q(one=1), name="chancery_one_head"),)

    def __str__(self) -> str:
        return self.origin


class Entry(models.Model):
    """An entry for ever: its leaf, which is the canonical header with the commitment to its body."""

    seq = Seq(primary_key=True)
    leaf: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        """Its table."""

        db_table = "chancery_entry"

    def __str__(self) -> str:
        return str(self.seq)


class Body(models.Model):
    """What an entry says, apart from it: salted, so that it can be sealed to an audience or shredded by another entry.

    ``name`` is the entry's id, a source's ref, or null for the head; ``sealed`` and ``gone`` are the places of the
    entries by which it was sealed or shredded.
    """

    seq = Seq(primary_key=True)
    name: models.TextField[str | None, str | None] = models.TextField(null=True)  # noqa: DJ001  # what is shredded or has no name is no empty name
    audience: models.TextField[str, str] = models.TextField()
    salt: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(null=True)
    body: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(null=True)
    sealed: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(null=True)
    gone: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(null=True)

    class Meta:
        """Its table."""

        db_table = "chancery_body"
        constraints = (
            models.UniqueConstraint(fields=("name",), name="chancery_one_name"),
            models.CheckConstraint(
                condition=models.Q(gone=None, salt__isnull=False, body__isnull=False)
                | models.Q(gone__isnull=False, salt=None, body=None, name=None),
                name="chancery_whole_or_gone",
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.seq)


class Request(models.Model):
    """A request to append, by the id that its sender gave it: sent again, it counts once."""

    first = Seq(primary_key=True)
    count: models.IntegerField[int, int] = models.IntegerField()
    request: models.TextField[str, str] = models.TextField()
    payload: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        """Its table."""

        db_table = "chancery_request"
        constraints = (models.UniqueConstraint(fields=("request",), name="chancery_one_request"),)

    def __str__(self) -> str:
        return self.request


class Stretch(models.Model):
    """Some lines of the text in which entries were written: layout, on which no leaf depends."""

    file: models.TextField[str, str] = models.TextField()
    place: models.IntegerField[int, int] = models.IntegerField()
    keys: models.TextField[str, str] = models.TextField()
    text: models.TextField[str, str] = models.TextField()

    class Meta:
        """Its table."""

        db_table = "chancery_stretch"
        constraints = (models.UniqueConstraint(fields=("file", "place"), name="chancery_stretch_place"),)

    def __str__(self) -> str:
        return f"{self.file}:{self.place}"


class Checkpoint(models.Model):
    """A checkpoint that was signed: the whole note. Signed again or witnessed since, it stands again below."""

    place = Seq(primary_key=True)
    size: models.BigIntegerField[int, int] = models.BigIntegerField()
    note: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        """Its table."""

        db_table = "chancery_checkpoint"

    def __str__(self) -> str:
        return str(self.size)


class Stamp(models.Model):
    """A time stamp (RFC 3161) of the checkpoint of a size: the authority's whole answer."""

    place = Seq(primary_key=True)
    size: models.BigIntegerField[int, int] = models.BigIntegerField()
    data: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        """Its table."""

        db_table = "chancery_stamp"

    def __str__(self) -> str:
        return str(self.size)


class Root(models.Model):
    """The root of a whole subtree of 32^tier entries: what a proof reads, and believes only as far as it leads."""

    pk = models.CompositePrimaryKey("tier", "place")
    tier: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    place: models.BigIntegerField[int, int] = models.BigIntegerField()
    hash: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        """Its table."""

        db_table = "chancery_root"

    def __str__(self) -> str:
        return f"{self.tier}/{self.place}"


class Document(models.Model):
    """A source's file, by the SHA-256 of its bytes in hexadecimal digits; its type is what the bytes show."""

    place = Seq(primary_key=True)
    digest: models.TextField[str, str] = models.TextField()
    type: models.TextField[str, str] = models.TextField()
    data: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        """Its table."""

        db_table = "chancery_document"
        constraints = (models.UniqueConstraint(fields=("digest",), name="chancery_one_digest"),)

    def __str__(self) -> str:
        return self.digest
