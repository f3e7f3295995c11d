-- Documents that Elasticsearch did not take. What is in them is derived from the events again when they are tried again,
-- so no text is kept here.
create table vault.search_dead_letters (
    generation   text not null,
    kind         text not null,
    conversation text not null,
    position     bigint not null,
    version      bigint not null,
    entry        bigint not null,
    error        text not null,
    attempts     integer not null,
    first_at     timestamptz not null,
    last_at      timestamptz not null,
    next_at      timestamptz not null,
    primary key (generation, kind, conversation, position, version)
);

create index search_dead_letters_next on vault.search_dead_letters (generation, next_at);
