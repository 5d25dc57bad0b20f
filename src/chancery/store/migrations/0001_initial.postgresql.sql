-- What stands is never changed: PostgreSQL. Statements are parted by empty lines.

CREATE FUNCTION chancery_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'chancery: % of % is refused; what stands in a ledger is never changed', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$

CREATE TRIGGER chancery_entry_kept BEFORE UPDATE OR DELETE ON chancery_entry
FOR EACH ROW EXECUTE FUNCTION chancery_refuse()

CREATE TRIGGER chancery_entry_truncate BEFORE TRUNCATE ON chancery_entry
FOR EACH STATEMENT EXECUTE FUNCTION chancery_refuse()

CREATE TRIGGER chancery_body_kept BEFORE DELETE ON chancery_body
FOR EACH ROW EXECUTE FUNCTION chancery_refuse()

CREATE TRIGGER chancery_body_truncate BEFORE TRUNCATE ON chancery_body
FOR EACH STATEMENT EXECUTE FUNCTION chancery_refuse()

CREATE TRIGGER chancery_head_kept BEFORE DELETE ON chancery_head
FOR EACH ROW EXECUTE FUNCTION chancery_refuse()

CREATE TRIGGER chancery_head_truncate BEFORE TRUNCATE ON chancery_head
FOR EACH STATEMENT EXECUTE FUNCTION chancery_refuse()

CREATE TRIGGER chancery_request_kept BEFORE UPDATE OR DELETE ON chancery_request
FOR EACH ROW EXECUTE FUNCTION chancery_refuse()

CREATE TRIGGER chancery_request_truncate BEFORE TRUNCATE ON chancery_request
FOR EACH STATEMENT EXECUTE FUNCTION chancery_refuse()

CREATE FUNCTION chancery_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.one <> OLD.one OR NEW.origin <> OLD.origin OR NEW.size <= OLD.size OR NEW.latest < OLD.latest THEN
    RAISE EXCEPTION 'chancery: the head of a ledger only grows' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$

CREATE TRIGGER chancery_head_grows BEFORE UPDATE ON chancery_head FOR EACH ROW EXECUTE FUNCTION chancery_grow()

CREATE FUNCTION chancery_seal_or_shred() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said jsonb;
BEGIN
  IF NEW.seq = OLD.seq AND OLD.gone IS NULL THEN
    SELECT convert_from(body, 'UTF8')::jsonb INTO said FROM chancery_body
      WHERE seq = coalesce(NEW.gone, NEW.sealed) AND seq > OLD.seq;
    IF NEW.gone IS NOT NULL AND NEW.body IS NULL AND NEW.salt IS NULL AND NEW.name IS NULL
      AND NEW.audience = OLD.audience AND NEW.sealed IS NOT DISTINCT FROM OLD.sealed
      AND said->>'kind' = 'entry.shredded' AND said->>'entry' = OLD.name
    THEN
      RETURN NEW;
    END IF;
    IF NEW.gone IS NULL AND NEW.body = OLD.body AND NEW.salt = OLD.salt AND NEW.name IS NOT DISTINCT FROM OLD.name
      AND said->>'kind' = 'entry.sealed' AND said->>'entry' = OLD.name AND said->>'audience' = NEW.audience
    THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'chancery: a body is sealed or shredded by an entry that says so, and never changed'
    USING ERRCODE = 'integrity_constraint_violation';
END $$

CREATE TRIGGER chancery_body_sealed BEFORE UPDATE ON chancery_body
FOR EACH ROW EXECUTE FUNCTION chancery_seal_or_shred()

-- One append, in one round trip: lock the head, answer a request that came before, grow the tree (RFC 6962), keep all.
CREATE FUNCTION chancery_append(
  names text[], audiences text[], leaves bytea[], salts bytea[], bodies bytea[], asked text, given bytea,
  earliest text, newest text,
  OUT first bigint, OUT kept integer, OUT payload bytea
) LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  edge bytea;
  node bytea;
  width bigint;
  here bigint;
  before text;
BEGIN
  SELECT size, peaks, latest INTO STRICT first, edge, before FROM chancery_head FOR UPDATE;
  IF asked IS NOT NULL THEN
    SELECT r.first, r.count, r.payload INTO first, kept, payload
      FROM chancery_request r WHERE r.request = asked;
    IF FOUND THEN
      RETURN;
    END IF;
    SELECT size INTO first FROM chancery_head;
  END IF;
  IF earliest < before THEN
    RAISE EXCEPTION 'chancery: clock-behind %', before USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  here := first;
  kept := cardinality(leaves);
  FOR i IN 1..kept LOOP
    node := sha256('\x00'::bytea || leaves[i]);
    width := here;
    WHILE width % 2 = 1 LOOP
      node := sha256('\x01'::bytea || substr(edge, length(edge) - 31) || node);
      edge := substr(edge, 1, length(edge) - 32);
      width := width / 2;
    END LOOP;
    edge := edge || node;
    here := here + 1;
  END LOOP;
  IF kept = 1 THEN
    INSERT INTO chancery_entry (seq, leaf) VALUES (first, leaves[1]);
    INSERT INTO chancery_body (seq, name, audience, salt, body)
      VALUES (first, names[1], audiences[1], salts[1], bodies[1]);
  ELSE
    INSERT INTO chancery_entry (seq, leaf)
      SELECT chancery_append.first + ord - 1, leaf FROM unnest(leaves) WITH ORDINALITY AS given_leaves (leaf, ord);
    INSERT INTO chancery_body (seq, name, audience, salt, body)
      SELECT chancery_append.first + ord - 1, name, audience, salt, body
      FROM unnest(names, audiences, salts, bodies) WITH ORDINALITY AS given_bodies (name, audience, salt, body, ord);
  END IF;
  IF asked IS NOT NULL THEN
    INSERT INTO chancery_request (first, count, request, payload) VALUES (chancery_append.first, kept, asked, given);
  END IF;
  UPDATE chancery_head SET size = here, peaks = edge, latest = newest;
END $$

REVOKE ALL ON FUNCTION chancery_append FROM PUBLIC
