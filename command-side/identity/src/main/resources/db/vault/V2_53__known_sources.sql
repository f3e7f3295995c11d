-- Keyed hashes of the devices and addresses from which an account has been logged into. Wrong passwords from elsewhere do
-- not hold up whoever comes from one of them.
create table vault.known_sources (
    user_id      text not null references vault.credentials (user_id) on delete cascade,
    source       text not null,
    last_seen_at timestamptz not null,
    primary key (user_id, source)
);
