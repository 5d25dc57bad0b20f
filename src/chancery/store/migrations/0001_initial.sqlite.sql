-- What stands is never changed: SQLite. Statements are parted by empty lines.
-- An INSERT OR REPLACE deletes without asking the triggers on DELETE, so each table takes its next row and no other.
-- A schema that is not trusted may not call SQLite's JSON functions; bodies are canonical JSON, so a part is looked for.

CREATE TRIGGER chancery_entry_next BEFORE INSERT ON chancery_entry
WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM chancery_entry)
BEGIN SELECT RAISE(ABORT, 'chancery: an entry takes the next place in the ledger, and no other'); END

CREATE TRIGGER chancery_entry_update BEFORE UPDATE ON chancery_entry
BEGIN SELECT RAISE(ABORT, 'chancery: an entry is never changed'); END

CREATE TRIGGER chancery_entry_delete BEFORE DELETE ON chancery_entry
BEGIN SELECT RAISE(ABORT, 'chancery: an entry is never deleted'); END

CREATE TRIGGER chancery_body_next BEFORE INSERT ON chancery_body
WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM chancery_body)
  OR NEW.sealed IS NOT NULL OR NEW.gone IS NOT NULL
  OR EXISTS (SELECT 1 FROM chancery_body WHERE name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'chancery: a body takes the next place in the ledger, and a name of its own'); END

CREATE TRIGGER chancery_body_update BEFORE UPDATE ON chancery_body
WHEN NOT (
  NEW.seq = OLD.seq AND OLD.gone IS NULL AND (
    (
      NEW.gone > OLD.seq AND NEW.body IS NULL AND NEW.salt IS NULL AND NEW.name IS NULL
      AND NEW.audience = OLD.audience AND NEW.sealed IS OLD.sealed
      AND EXISTS (
        SELECT 1 FROM chancery_body WHERE seq = NEW.gone
        AND instr(body, CAST('"kind":"entry.shredded"' AS BLOB))
        AND instr(body, CAST('"entry":"' || replace(replace(OLD.name, '\', '\\'), '"', '\"') || '"' AS BLOB))
      )
    ) OR (
      NEW.sealed > OLD.seq AND NEW.gone IS NULL
      AND NEW.body IS OLD.body AND NEW.salt IS OLD.salt AND NEW.name IS OLD.name
      AND EXISTS (
        SELECT 1 FROM chancery_body WHERE seq = NEW.sealed
        AND instr(body, CAST('"kind":"entry.sealed"' AS BLOB))
        AND instr(body, CAST('"entry":"' || replace(replace(OLD.name, '\', '\\'), '"', '\"') || '"' AS BLOB))
        AND instr(body, CAST('"audience":"' || NEW.audience || '"' AS BLOB))
      )
    )
  )
)
BEGIN SELECT RAISE(ABORT, 'chancery: a body is sealed or shredded by an entry that says so, and never changed'); END

CREATE TRIGGER chancery_body_delete BEFORE DELETE ON chancery_body
BEGIN SELECT RAISE(ABORT, 'chancery: a body is never deleted; an entry shreds it'); END

CREATE TRIGGER chancery_head_insert BEFORE INSERT ON chancery_head
WHEN EXISTS (SELECT 1 FROM chancery_head)
BEGIN SELECT RAISE(ABORT, 'chancery: a ledger has one head'); END

CREATE TRIGGER chancery_head_update BEFORE UPDATE ON chancery_head
WHEN NEW.one <> OLD.one OR NEW.origin <> OLD.origin OR NEW.size <= OLD.size OR NEW.latest < OLD.latest
BEGIN SELECT RAISE(ABORT, 'chancery: the head of a ledger only grows'); END

CREATE TRIGGER chancery_head_delete BEFORE DELETE ON chancery_head
BEGIN SELECT RAISE(ABORT, 'chancery: the head of a ledger is never deleted'); END

CREATE TRIGGER chancery_request_insert BEFORE INSERT ON chancery_request
WHEN EXISTS (SELECT 1 FROM chancery_request WHERE request = NEW.request OR first = NEW.first)
BEGIN SELECT RAISE(ABORT, 'chancery: a request counts once'); END

CREATE TRIGGER chancery_request_update BEFORE UPDATE ON chancery_request
BEGIN SELECT RAISE(ABORT, 'chancery: a request is never changed'); END

CREATE TRIGGER chancery_request_delete BEFORE DELETE ON chancery_request
BEGIN SELECT RAISE(ABORT, 'chancery: a request is never deleted'); END
