-- Whether the device has a connection to its holder at present. The holder writes it within a second.
alter table vault.held_devices add column connected boolean not null default true;
