-- Who may log in. The claim is the keyed hash of the normalised username, so no name stands here.
-- A row is pending until the account is registered; only the password that made it completes it.
create table vault.credentials (
    claim         text primary key,
    user_id       text not null unique,
    password_hash text not null,
    registered    boolean not null default false,
    created_at    timestamptz not null
);

-- A device of a user has one session. Each refresh makes a new token and forgets the one before; the generation grows
-- when access tokens given out so far must not be taken any more, because the user's roles have changed.
create table vault.sessions (
    user_id      text not null,
    device_id    text not null,
    session_id   text not null unique,
    refresh_hash bytea not null,
    generation   bigint not null default 0,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    primary key (user_id, device_id)
);
