-- A device is claimed by each node that it connects to. Those that had it before are told once the device has answered
-- through the new connection. Nodes of the version before this one use moved_from.
alter table vault.held_devices
    add column claim bigint not null default 1,
    add column confirmed boolean not null default true,
    add column former_holders text[] not null default '{}';

create index held_devices_former on vault.held_devices (user_id) where former_holders <> '{}';
