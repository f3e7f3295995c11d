-- Keys and secrets are stored encrypted under the key encryption key that wrapped_by names. Rows of before have none, and
-- are encrypted at the next start.
ALTER TABLE vault.text_keys ADD COLUMN wrapped_by text;
ALTER TABLE vault.secrets ADD COLUMN wrapped_by text;
CREATE INDEX text_keys_wrapped_by ON vault.text_keys (wrapped_by);
CREATE INDEX text_keys_author ON vault.text_keys (author);

-- One chain of keys per conversation: the key of a day gives the keys of all later days and of none before. Destroying
-- the keys before a day replaces the row's day and key by later ones. Days are counted from 1970-01-01 in UTC.
CREATE TABLE vault.conversation_keys (
    conversation text COLLATE "C" PRIMARY KEY,
    from_day     bigint           NOT NULL,
    key          bytea            NOT NULL,
    wrapped_by   text,
    created_at   timestamptz      NOT NULL DEFAULT now()
);
CREATE INDEX conversation_keys_wrapped_by ON vault.conversation_keys (wrapped_by);

-- Authors for whom no key may be created again.
CREATE TABLE vault.erased_authors (
    author    text        PRIMARY KEY,
    erased_at timestamptz NOT NULL DEFAULT now()
);

-- What nodes have to remove from their memory, in the order of the commits. A conversation has its newest row only.
CREATE TABLE vault.key_destructions (
    seq  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text        NOT NULL CHECK (kind IN ('author', 'conversation')),
    id   text        NOT NULL,
    day  bigint      CHECK ((day IS NULL) = (kind = 'author')),
    at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (kind, id)
);
