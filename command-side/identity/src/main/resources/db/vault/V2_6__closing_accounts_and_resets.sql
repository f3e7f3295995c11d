-- Grows with each change of the password, so that a login that began before one does not outlive it.
alter table vault.credentials add column version bigint not null default 0;

-- Codes by which somebody shows who they are, each once: hashed, few for a purpose, none for long.
create table vault.one_time_codes (
    code_hash  bytea primary key,
    user_id    text not null,
    purpose    text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index one_time_codes_by_user on vault.one_time_codes (user_id);

-- Where people are reached by mail. A pending address takes the place of the confirmed one when a code sent there comes back.
create table vault.mail_addresses (
    user_id   text primary key,
    confirmed text,
    pending   text,
    compared  text -- the confirmed one, as addresses are compared
);
create index mail_addresses_compared on vault.mail_addresses (compared);

-- Accounts whose deletion has been asked for and whose last step may not have been taken.
create table vault.account_deletions (
    user_id  text primary key,
    asked_at timestamptz not null
);
