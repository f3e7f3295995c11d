-- The head that the first leaf of a log commits to, for each log that continues another one.
CREATE TABLE vault.log_predecessors (
    origin       text  PRIMARY KEY,
    checkpoint   text  NOT NULL,
    -- Leaf hash of the record of the log's first event; null before that event is in the log.
    first_record bytea
);

-- The tiles of logs that were continued, so that whoever kept one of their checkpoints can compare it with their last one.
CREATE TABLE vault.log_past_tiles (
    origin text     NOT NULL,
    level  smallint NOT NULL,
    tile   bigint   NOT NULL,
    hashes bytea    NOT NULL,
    PRIMARY KEY (origin, level, tile)
);
