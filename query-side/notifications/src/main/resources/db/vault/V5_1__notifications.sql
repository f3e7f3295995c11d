-- Where a device is notified while its user is not connected: an endpoint with the subscription's keys, or a token. Who
-- registers what another device had takes it over: a browser's profile may have changed hands.
create table vault.push_registrations (
    user_id       text not null,
    device_id     text not null,
    session_id    text,
    service       text not null,
    target        text not null,
    p256dh        text,
    auth          text,
    registered_at timestamptz not null,
    primary key (user_id, device_id),
    unique (service, target)
);

create index push_registrations_session on vault.push_registrations (session_id);

-- The newest position of a conversation that a device was notified of, written before anything is sent; and whether that
-- still shows there, as far as we know.
create table vault.push_marks (
    user_id      text not null,
    device_id    text not null,
    conversation text not null,
    position     bigint not null,
    shown        boolean not null default true,
    primary key (user_id, device_id, conversation),
    foreign key (user_id, device_id) references vault.push_registrations on delete cascade
);

-- Axon's token entries: how far the event stream has been decided.
create table vault.push_tokens (
    processorName text not null,
    segment       integer not null,
    token         bytea,
    tokenType     text,
    timestamp     text,
    owner         text,
    primary key (processorName, segment)
);
