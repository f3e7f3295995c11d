-- Searches that people keep. Name and query are one sealed text, under a key of their owner.
create table vault.saved_searches (
    user_id    text not null,
    search_id  text not null,
    key_id     text not null,
    nonce      text not null,
    ciphertext text not null,
    saved_at   timestamptz not null,
    primary key (user_id, search_id)
);
