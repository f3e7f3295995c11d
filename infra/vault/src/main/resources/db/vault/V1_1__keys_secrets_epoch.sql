CREATE SCHEMA IF NOT EXISTS vault;

-- The keys that text in events is sealed under. Deleting a row erases, everywhere and for good, what it sealed.
CREATE TABLE vault.text_keys (
    key_id     text        PRIMARY KEY,
    author     text        NOT NULL,
    key        bytea       NOT NULL,
    current    boolean     NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- New text is sealed under the author's one current key; keys of before stay to read what they sealed.
CREATE UNIQUE INDEX text_keys_current ON vault.text_keys (author) WHERE current;

CREATE TABLE vault.secrets (
    name       text        PRIMARY KEY,
    value      bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- One row: the life of this event store's index.
CREATE TABLE vault.epoch (
    only_row   boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    value      text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
