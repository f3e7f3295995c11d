-- When the users of the devices that were connected to a push node last did something, as of its last planned stop.
create table vault.kept_activity (
    node           text not null,
    user_id        text not null,
    device_id      text not null,
    last_active_at timestamptz not null,
    kept_at        timestamptz not null,
    primary key (node, user_id, device_id)
);
