CREATE SCHEMA IF NOT EXISTS events;

-- Every event, in its global order. One writer assigns the index: from 0, without gaps.
CREATE TABLE events.domain_events (
    global_index         bigint PRIMARY KEY,
    event_identifier     text   NOT NULL,
    aggregate_identifier text   NOT NULL,
    sequence_number      bigint NOT NULL,
    type                 text,
    timestamp            bigint NOT NULL,
    payload_type         text   NOT NULL,
    payload_revision     text,
    payload              bytea  NOT NULL,
    metadata             bytea  NOT NULL,
    CONSTRAINT domain_events_identifier UNIQUE (event_identifier),
    CONSTRAINT domain_events_sequence UNIQUE (aggregate_identifier, sequence_number)
);

COMMENT ON COLUMN events.domain_events.timestamp IS 'milliseconds since 1970, as precise as Axon Server keeps it';

-- Time follows the index closely, so a few pages find the first event after an instant.
CREATE INDEX domain_events_timestamp ON events.domain_events USING brin (timestamp);

-- The newest snapshot of each aggregate; an older one is never needed.
CREATE TABLE events.snapshots (
    aggregate_identifier text   PRIMARY KEY,
    sequence_number      bigint NOT NULL,
    event_identifier     text   NOT NULL,
    type                 text   NOT NULL,
    timestamp            bigint NOT NULL,
    payload_type         text   NOT NULL,
    payload_revision     text,
    payload              bytea  NOT NULL,
    metadata             bytea  NOT NULL
);
