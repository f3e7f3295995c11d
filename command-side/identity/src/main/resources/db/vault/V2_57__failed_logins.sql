-- Wrong passwords of all nodes: for each limit in use the time at which it is unused again. The subject is a keyed hash.
create table vault.failed_logins (
    subject   text        primary key,
    unused_at timestamptz not null
);

create index failed_logins_unused on vault.failed_logins (unused_at);
