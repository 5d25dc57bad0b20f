-- Checkpoints and documents stand as entries do: PostgreSQL. Statements are parted by empty lines.

CREATE TRIGGER chancery_checkpoint_kept BEFORE UPDATE OR DELETE ON chancery_checkpoint
FOR EACH ROW EXECUTE FUNCTION chancery_refuse()

CREATE TRIGGER chancery_checkpoint_truncate BEFORE TRUNCATE ON chancery_checkpoint
FOR EACH STATEMENT EXECUTE FUNCTION chancery_refuse()

CREATE TRIGGER chancery_document_kept BEFORE UPDATE OR DELETE ON chancery_document
FOR EACH ROW EXECUTE FUNCTION chancery_refuse()

CREATE TRIGGER chancery_document_truncate BEFORE TRUNCATE ON chancery_document
FOR EACH STATEMENT EXECUTE FUNCTION chancery_refuse()
