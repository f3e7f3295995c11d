-- Axon's token entries of processors that follow the event stream for tables of the vault.
create table vault.event_tokens (
    processorName text not null,
    segment       integer not null,
    token         bytea,
    tokenType     text,
    timestamp     text,
    owner         text,
    primary key (processorName, segment)
);
