"""A ledger in PostgreSQL 15 or later, for a server that many write to: one locked head row, READ COMMITTED."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from chancery.desk import OutcomeUnknown
from chancery.store.base import Kept, clock_behind, moments, other_payload, payload_of, refused, taken
from chancery.store.tables import Tables
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from psycopg import Error
    from psycopg.errors import Diagnostic

    from chancery.store.base import Draft
    from chancery.store.urls import Address

OLDEST = 150_000
"""The first version that is taken, as the server tells it."""

DURABLE = {"fsync": ("on",), "full_page_writes": ("on",), "synchronous_commit": ("on", "remote_apply")}
"""Settings without which an acknowledged commit could be lost, and their values that keep it."""

WAIT_CANCELLED = "01000"
"""The warning with which PostgreSQL calls a commit a success that no standby has confirmed."""

RIGHTS = (
    "SELECT ON chancery_head, chancery_entry, chancery_body, chancery_request, chancery_stretch, django_migrations",
    "SELECT, INSERT ON chancery_checkpoint, chancery_stamp, chancery_root, chancery_document",
    "UPDATE (one) ON chancery_head",  # which locks it; a trigger refuses any change but growth
    "UPDATE (name, salt, body, audience, sealed, gone) ON chancery_body",  # a trigger asks for the entry that says so
    "INSERT, DELETE ON chancery_stretch",
    "USAGE ON SEQUENCE chancery_stretch_id_seq",
    "EXECUTE ON FUNCTION chancery_append",
)
"""What the role of an application may do."""

GUARDS_OF = """
WITH ours AS (
  SELECT oid, relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND (relname LIKE 'chancery%' OR relname = 'django_migrations')
)
SELECT concat_ws(' ', 'trigger', tgname, relname, tgtype, tgenabled) COLLATE "C", prosrc FROM pg_trigger
  JOIN ours ON ours.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
UNION ALL SELECT concat_ws(' ', 'function', proname, prosecdef), prosrc FROM pg_proc
  WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'chancery%'
UNION ALL SELECT concat_ws(' ', 'constraint', conname, relname, contype, convalidated), '' FROM pg_constraint
  JOIN ours ON ours.oid = conrelid WHERE contype IN ('c', 'f', 'p', 'u', 'x')
UNION ALL SELECT concat_ws(' ', 'index', ours.relname, indisunique, indisvalid), '' FROM pg_index
  JOIN ours ON ours.oid = indexrelid
UNION ALL SELECT concat_ws(' ', 'rule', rulename, relname), '' FROM pg_rewrite JOIN ours ON ours.oid = ev_class
ORDER BY 1, 2
"""
"""What guards the tables: triggers and functions with what they do, constraints, indexes and rules by their names."""

CLOCK_BEHIND = "chancery: clock-behind "

APPEND = "SELECT * FROM chancery_append(%b::text[], %b::text[], %b, %b, %b, ?, ?, ?, ?)"
"""Arrays in binary: in text every byte would be escaped, at twenty times the cost."""


class Postgres(Tables):
    """A shelf on a server. Nothing is decided on a replica: it is refused when it is opened."""

    def __init__(self, address: Address, *, check_version: bool = True) -> None:
        """Connect. Raises Refused."""
        super().__init__(address)
        try:
            import psycopg  # noqa: PLC0415  # an extra
        except ImportError as error:
            fault = phrase("PostgreSQL needs its driver: pip install 'chancery[postgresql]'")
            raise refused(self.place, "no-driver", fault) from error
        self._errors = psycopg.Error
        self._warned = self._settles = False
        try:
            self._db = psycopg.connect(address.target, autocommit=True, application_name="chancery")
        except psycopg.Error as error:
            self._refuse(error)
        self._db.add_notice_handler(self._hear)
        try:
            self._settle()
            if check_version:
                self._check_version()
        except BaseException:
            self._db.close()
            raise

    def _settle(self) -> None:
        """Set what durability rests on, and see that it took. Raises Refused."""
        version = self._db.info.server_version
        if version < OLDEST:
            fault = phrase("is PostgreSQL {found}; expected 15 or later", found=version // 10_000)
            raise refused(self.place, "too-old", fault)
        if self._run("SELECT pg_is_in_recovery()").fetchone()[0]:
            raise refused(self.place, "replica", phrase("is a replica; a ledger is read and written on its primary"))
        self._run(
            "SET synchronous_commit = on" if self._setting("synchronous_commit") != "remote_apply" else "SELECT 1"
        )
        self._run("SET default_transaction_isolation = 'read committed'")
        if self._address.read_only:
            self._run("SET default_transaction_read_only = on")
        for name, values in DURABLE.items():
            if (found := self._setting(name)) not in values:
                fault = phrase("would not be durable: {setting} is {found}", setting=name, found=found)
                raise refused(self.place, "not-durable", fault)

    def _setting(self, name: str) -> str:
        return str(self._run("SELECT current_setting(?)", (name,)).fetchone()[0])

    def _hear(self, notice: Diagnostic) -> None:
        """Note the warning that a commit may be lost."""
        self._warned = self._warned or notice.sqlstate == WAIT_CANCELLED

    def keep(self, drafts: Sequence[Draft], request: str | None = None, payload: bytes | None = None) -> Kept:
        """Keep entries, all or none, by one call of a function of the database."""
        payload = payload or payload_of(drafts)
        columns = zip(*((each.name, each.audience, each.leaf, each.salt, each.body) for each in drafts), strict=True)
        given = (*map(list, columns), request, payload, *moments(drafts))
        with self._settling(alone=not self._depth):
            first, count, before = self._run(APPEND, given).fetchone()
        if before is not None and before != payload:
            raise other_payload(self.place, str(request))
        return Kept(first, count, fresh=before is None)

    @contextmanager
    def _settling(self, *, alone: bool = True) -> Iterator[None]:
        """A statement that is to be durable once it is done, where it stands alone. Raises OutcomeUnknown.

        What no standby has confirmed is not called kept; where the connection breaks meanwhile, nobody can tell.
        """
        self._warned, self._settles = False, alone
        try:
            yield
        finally:
            self._settles = False
        if alone and self._warned:
            raise OutcomeUnknown(phrase("the wait for a standby was cut short"))

    def _run(self, sql: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401  # a cursor
        try:
            return self._db.execute(_placed(sql), tuple(values) or None, binary=True)
        except self._errors as error:
            self._refuse(error)

    def _run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        try:
            self._db.cursor().executemany(_placed(sql), rows)
        except self._errors as error:
            self._refuse(error)

    def _begin(self) -> None:
        self._run("BEGIN")
        self._run("SELECT size FROM chancery_head FOR UPDATE")

    def _commit(self) -> None:
        with self._settling():
            self._run("COMMIT")

    def _rollback(self) -> None:
        if not self._db.closed:
            self._run("ROLLBACK")

    def _has(self, table: str) -> bool:
        return self._run("SELECT to_regclass(?)", (table,)).fetchone()[0] is not None

    def _refuse(self, error: Error) -> NoReturn:
        """Say in words what PostgreSQL refuses; where the connection broke under a commit, that nobody can tell."""
        said = str(error).strip()
        if "chancery_one_name" in said:
            raise taken(self.place) from error
        if CLOCK_BEHIND in said:
            raise clock_behind(self.place, said.partition(CLOCK_BEHIND)[2].partition("\n")[0]) from error
        if "chancery: " in said:
            why = said.partition("chancery: ")[2].partition("\n")[0]
            raise refused(self.place, "kept", phrase("refuses that: {why}", why=why)) from error
        if self._settles and self._db.closed:
            raise OutcomeUnknown(said) from error
        raise refused(self.place, "database", phrase("cannot be read or written: {why}", why=said)) from error

    def _guards(self) -> list[str]:
        return [str(part) for row in self._run(GUARDS_OF).fetchall() for part in row]

    def grant(self, role: str) -> None:
        """Let a role append, read, seal and shred, and nothing else: it owns no table and can drop no trigger."""
        from psycopg.sql import SQL, Identifier  # noqa: PLC0415  # see above

        with self.held():
            for right in RIGHTS:
                try:
                    self._db.execute(SQL("GRANT {} TO {}").format(SQL(right), Identifier(role)))
                except self._errors as error:
                    self._refuse(error)

    def close(self) -> None:
        """Let go of the connection."""
        self._db.close()


def _placed(sql: str) -> str:
    """A statement with the placeholders of this driver. No statement of ours has a question mark for anything else."""
    return sql.replace("?", "%s")
