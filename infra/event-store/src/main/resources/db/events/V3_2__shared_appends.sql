-- One append of a node that shares this database with other nodes. Its transaction holds a lock to its end, so appends
-- of all nodes follow one another and the order of the index is the order of commits. Under READ COMMITTED each
-- statement of a volatile function has a snapshot of its own: the head is read after the lock was granted, and so
-- includes the append before. An append that fails leaves no gap, because no sequence counts the index.
CREATE FUNCTION events.append(
    event_identifiers text[], aggregate_identifiers text[], sequence_numbers bigint[], types text[],
    timestamps bigint[], payload_types text[], payload_revisions text[], payloads bytea[], metadatas bytea[])
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
    head bigint;
BEGIN
    -- "APPEND" in ASCII
    PERFORM pg_advisory_xact_lock(71813199908420);
    SELECT coalesce(max(global_index), -1) INTO head FROM events.domain_events;
    INSERT INTO events.domain_events (global_index, event_identifier, aggregate_identifier, sequence_number, type,
        timestamp, payload_type, payload_revision, payload, metadata)
    SELECT head + event.number, event.identifier, event.aggregate, event.sequence, event.type,
        event.timestamp, event.payload_type, event.payload_revision, event.payload, event.metadata
    FROM unnest(event_identifiers, aggregate_identifiers, sequence_numbers, types, timestamps, payload_types,
        payload_revisions, payloads, metadatas) WITH ORDINALITY AS event(identifier, aggregate, sequence, type,
        timestamp, payload_type, payload_revision, payload, metadata, number);
    -- Other nodes hear of the new head when this transaction has committed.
    PERFORM pg_notify('parley_events', (head + cardinality(event_identifiers))::text);
    RETURN head + 1;
END
$$;
