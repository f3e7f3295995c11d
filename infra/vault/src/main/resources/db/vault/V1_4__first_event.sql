-- One row: the identifier of the first event of the store that this vault belongs to.
CREATE TABLE vault.first_event (
    only_row   boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    id         text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
