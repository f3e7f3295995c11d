-- Which ids and types each whole block of 256 events names, so that a filter of few events reads few blocks. Derived from
-- the event store: the rows may be deleted at any time and are written again.
CREATE TABLE vault.event_blocks (
    block      bigint    PRIMARY KEY,
    -- Identifier of the block's last event; another one there means that the rows are of another event store.
    last_event text      NOT NULL,
    names      integer[] NOT NULL
);

CREATE INDEX event_blocks_names ON vault.event_blocks USING gin (names);
