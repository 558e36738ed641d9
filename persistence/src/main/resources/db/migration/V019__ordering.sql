-- The lines that an ordered event's notifications stand in, one for each part: a hash of the object. Null when they stand in
-- none. Those that do have had owed rows since the event's commit.
ALTER TABLE event ADD COLUMN order_keys bigint[];

-- Every session takes its numbers one by one: with a cache, who comes later could get the lower number.
CREATE SEQUENCE owed_delivery_position CACHE 1;

-- A line is all that is owed to an endpoint of one object: only its first may be claimed. Those behind the first have a due
-- time far off, so that no claim reads them; whoever removes the first makes the next one due.
ALTER TABLE owed_delivery
    ADD COLUMN order_key bigint,                           -- which line; null: none
    ADD COLUMN position  bigint,                           -- the place in it
    ADD COLUMN behind    boolean NOT NULL DEFAULT false,   -- found not to be the first
    ADD CONSTRAINT owed_delivery_in_line CHECK ((order_key IS NULL) = (position IS NULL));
CREATE INDEX owed_delivery_line ON owed_delivery (endpoint_id, order_key, position) WHERE order_key IS NOT NULL;
