-- One row: the newest checkpoint that enough witnesses cosigned, with their cosignatures.
CREATE TABLE vault.log_cosigned (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    checkpoint text    NOT NULL
);
