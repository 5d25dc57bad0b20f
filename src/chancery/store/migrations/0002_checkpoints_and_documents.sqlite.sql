-- Checkpoints and documents stand as entries do: SQLite. Statements are parted by empty lines.

CREATE TRIGGER chancery_checkpoint_next BEFORE INSERT ON chancery_checkpoint
WHEN NEW.place <> (SELECT coalesce(max(place) + 1, 0) FROM chancery_checkpoint)
BEGIN SELECT RAISE(ABORT, 'chancery: a checkpoint takes the next place, and no other'); END

CREATE TRIGGER chancery_checkpoint_update BEFORE UPDATE ON chancery_checkpoint
BEGIN SELECT RAISE(ABORT, 'chancery: a checkpoint is never changed'); END

CREATE TRIGGER chancery_checkpoint_delete BEFORE DELETE ON chancery_checkpoint
BEGIN SELECT RAISE(ABORT, 'chancery: a checkpoint is never deleted'); END

CREATE TRIGGER chancery_document_next BEFORE INSERT ON chancery_document
WHEN NEW.place <> (SELECT coalesce(max(place) + 1, 0) FROM chancery_document)
  OR EXISTS (SELECT 1 FROM chancery_document WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'chancery: a document is filed once'); END

CREATE TRIGGER chancery_document_update BEFORE UPDATE ON chancery_document
BEGIN SELECT RAISE(ABORT, 'chancery: a document is never changed'); END

CREATE TRIGGER chancery_document_delete BEFORE DELETE ON chancery_document
BEGIN SELECT RAISE(ABORT, 'chancery: a document is never deleted'); END
