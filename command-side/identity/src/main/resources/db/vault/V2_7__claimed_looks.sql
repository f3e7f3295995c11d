-- Of which version of Unicode the looks of all names are claimed that were given away before anybody claimed looks.
create table vault.claimed_looks (
    unicode_version text primary key,
    claimed_at      timestamptz not null
);
