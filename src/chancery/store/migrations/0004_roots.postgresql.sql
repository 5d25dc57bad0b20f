-- Roots of subtrees stand as checkpoints do: PostgreSQL. Statements are parted by empty lines.

CREATE TRIGGER chancery_root_kept BEFORE UPDATE OR DELETE ON chancery_root
FOR EACH ROW EXECUTE FUNCTION chancery_refuse()

CREATE TRIGGER chancery_root_truncate BEFORE TRUNCATE ON chancery_root
FOR EACH STATEMENT EXECUTE FUNCTION chancery_refuse()

-- Whoever may read or keep checkpoints may do so with roots.
DO $$
DECLARE may record;
BEGIN
    FOR may IN
        SELECT grantee, privilege_type FROM information_schema.role_table_grants
        WHERE table_schema = current_schema AND table_name = 'chancery_checkpoint'
            AND privilege_type IN ('SELECT', 'INSERT') AND grantee NOT IN (current_user, 'PUBLIC')
    LOOP
        EXECUTE format('GRANT %s ON chancery_root TO %I', may.privilege_type, may.grantee);
    END LOOP;
END $$
