-- The years of figures may not be emptied one by one either: what guards the whole table does not guard its partitions.

DO $$
DECLARE
    part REGCLASS;
BEGIN
    FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'observation'::regclass LOOP
        EXECUTE format(
            'CREATE TRIGGER observation_is_never_emptied BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            part);
    END LOOP;
END $$;
