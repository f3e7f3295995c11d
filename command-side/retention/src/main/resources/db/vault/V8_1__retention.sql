-- Erasures that auditors ordered. A row is written before the first step and tells how far the steps came.
create table vault.erasures (
    user_id           text primary key,
    ordered_by        text not null,
    asked_at          timestamptz not null,
    -- The reason, sealed under the auditor's key; null once it is in an event.
    reason_key_id     text,
    reason_nonce      text,
    reason_ciphertext text,
    step              text not null,
    refusal           text,
    keys_destroyed_at timestamptz,
    erased_at         timestamptz
);

-- The stores that hold nothing of an erased user any more.
create table vault.erasure_stores (
    user_id text not null,
    store   text not null,
    done_at timestamptz not null,
    primary key (user_id, store)
);

-- For each conversation, the day in UTC before which its texts have expired, or are about to while the row is open.
create table vault.expiries (
    conversation_id text primary key,
    before_day      date not null,
    open            boolean not null
);
create index expiries_open on vault.expiries (conversation_id) where open;
