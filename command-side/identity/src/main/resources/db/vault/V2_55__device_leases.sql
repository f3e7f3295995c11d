-- The push nodes that are alive. Each process has a name of its own and renews its lease; after its end, one of the
-- others takes its devices.
create table vault.push_leases (
    holder     text        primary key,
    node       text        not null,
    renewed_at timestamptz not null,
    ends_at    timestamptz not null
);

-- The connected devices, and those within the grace time, with the process that ends their presence.
create table vault.held_devices (
    user_id    text   not null,
    device_id  text   not null,
    presence   bigint not null,
    holder     text   not null,
    moved_from text,
    primary key (user_id, device_id)
);

create index held_devices_holder on vault.held_devices (holder);
create index held_devices_moved on vault.held_devices (moved_from) where moved_from is not null;
