-- The processes that handle events, with the names of the processors that each runs. Others take the segments of a process
-- whose lease has ended. Unlogged, because after a crash of PostgreSQL every process renews its lease anyway.
create unlogged table vault.processing_nodes (
    node       text        primary key,
    began      bigint      generated always as identity,
    processors text        not null,
    ends_at    timestamptz not null
);
