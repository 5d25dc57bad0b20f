-- Roots of subtrees stand as checkpoints do: SQLite. Statements are parted by empty lines.

CREATE TRIGGER chancery_root_next BEFORE INSERT ON chancery_root
WHEN NEW.place <> (SELECT coalesce(max(place) + 1, 0) FROM chancery_root WHERE tier = NEW.tier)
BEGIN SELECT RAISE(ABORT, 'chancery: a root takes the next place of its tier, and no other'); END

CREATE TRIGGER chancery_root_update BEFORE UPDATE ON chancery_root
BEGIN SELECT RAISE(ABORT, 'chancery: a root is never changed'); END

CREATE TRIGGER chancery_root_delete BEFORE DELETE ON chancery_root
BEGIN SELECT RAISE(ABORT, 'chancery: a root is never deleted'); END
