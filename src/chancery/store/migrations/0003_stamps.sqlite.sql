-- Time stamps stand as checkpoints do: SQLite. Statements are parted by empty lines.

CREATE TRIGGER chancery_stamp_next BEFORE INSERT ON chancery_stamp
WHEN NEW.place <> (SELECT coalesce(max(place) + 1, 0) FROM chancery_stamp)
BEGIN SELECT RAISE(ABORT, 'chancery: a time stamp takes the next place, and no other'); END

CREATE TRIGGER chancery_stamp_update BEFORE UPDATE ON chancery_stamp
BEGIN SELECT RAISE(ABORT, 'chancery: a time stamp is never changed'); END

CREATE TRIGGER chancery_stamp_delete BEFORE DELETE ON chancery_stamp
BEGIN SELECT RAISE(ABORT, 'chancery: a time stamp is never deleted'); END
