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
    """The one row that every writer locks: the tree's size and the roots of its whole subtrees, largest first."""

    one = models.PositiveSmallIntegerField(primary_key=True)
    origin = models.TextField()
    size = models.BigIntegerField()
    peaks = models.BinaryField()

    class Meta:
        """Its table."""

        db_table = "chancery_head"
        constraints = (models.CheckConstraint(condition=models.Q(one=1), name="chancery_one_head"),)

    def __str__(self) -> str:
        return self.origin


class Entry(models.Model):
    """An entry for ever: its leaf, which is the canonical header with the commitment to its body."""

    seq = Seq(primary_key=True)
    leaf = models.BinaryField()

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
    name = models.TextField(null=True, unique=True)  # noqa: DJ001  # what is shredded or has no name is no empty name
    audience = models.TextField()
    salt = models.BinaryField(null=True)
    body = models.BinaryField(null=True)
    sealed = models.BigIntegerField(null=True)
    gone = models.BigIntegerField(null=True)

    class Meta:
        """Its table."""

        db_table = "chancery_body"
        constraints = (
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

    request = models.TextField(primary_key=True)
    payload = models.BinaryField()
    first = models.BigIntegerField()
    count = models.IntegerField()

    class Meta:
        """Its table."""

        db_table = "chancery_request"

    def __str__(self) -> str:
        return self.request


class Stretch(models.Model):
    """Some lines of the text in which entries were written: layout, of which no leaf depends."""

    file = models.TextField()
    place = models.IntegerField()
    keys = models.JSONField()
    text = models.TextField()

    class Meta:
        """Its table."""

        db_table = "chancery_stretch"
        constraints = (models.UniqueConstraint(fields=("file", "place"), name="chancery_stretch_place"),)

    def __str__(self) -> str:
        return f"{self.file}:{self.place}"
