-- The transparency log over all events. Events and salts rebuild the tiles, except where a salt was shredded, so the
-- tiles belong to what a backup keeps.

-- The hashes of one tile of RFC 9162's tree: 32 bytes for each, at most 256 of them. A tile only grows.
CREATE TABLE vault.log_tiles (
    level  smallint NOT NULL,
    tile   bigint   NOT NULL,
    hashes bytea    NOT NULL,
    PRIMARY KEY (level, tile)
);

-- The salts of 256 consecutive events, 16 bytes each; zeros where a salt was shredded.
CREATE TABLE vault.log_salts (
    block bigint PRIMARY KEY,
    salts bytea  NOT NULL
);

-- One row: the newest signed checkpoint. Its size is the number of events in the log.
CREATE TABLE vault.log_checkpoint (
    only_row   boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    size       bigint      NOT NULL,
    checkpoint text        NOT NULL,
    signed_at  timestamptz NOT NULL
);
