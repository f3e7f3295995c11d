-- When a session's tokens were last renewed, for whoever looks at where they are logged in.
alter table vault.sessions add column last_used_at timestamptz;
update vault.sessions set last_used_at = created_at;
alter table vault.sessions alter column last_used_at set not null;
