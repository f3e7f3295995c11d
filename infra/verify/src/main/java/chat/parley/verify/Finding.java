package chat.parley.verify;

/** What is wrong with an archive. The names are stable: scripts compare them. */
public enum Finding {
    /** The file is no zip file, ends early, or its structure is not the one that its contents have. */
    ARCHIVE_ALTERED,
    /** The archive has an entry that its manifest does not name, twice the same, or one of a forbidden name or size. */
    ENTRY_UNEXPECTED,
    /** The archive lacks an entry that its manifest names. */
    ENTRY_MISSING,
    /** The bytes of an entry are not those that the manifest names. */
    ENTRY_ALTERED,
    /** The manifest does not follow its format, or its signature does not verify. */
    MANIFEST_ALTERED,
    /** The archive is of another log, or signed by another key than the trusted one. */
    KEY_UNTRUSTED,
    /** The checkpoint does not follow its format, or its signature does not verify. */
    CHECKPOINT_ALTERED,
    /** Fewer witnesses have cosigned the checkpoint than the policy asks for, or a cosignature does not verify. */
    COSIGNATURE_INVALID,
    /** The proof that the log continues another one does not follow its format, or does not lead to the checkpoint. */
    PREDECESSOR_ALTERED,
    /** The log continues another head than a kept one of the log before: that log was rewritten or rolled back. */
    PREDECESSOR_CONTRADICTED,
    /** The archive's checkpoint has fewer events than a kept one: the log was rolled back. */
    LOG_ROLLED_BACK,
    /** The archive's tree does not begin with the tree of a kept checkpoint: the log was rewritten. */
    LOG_REWRITTEN,
    /** Neither the archive nor the caller has the tiles that lead from a kept checkpoint to the archive's. */
    CONSISTENCY_UNPROVEN,
    /** The tiles do not lead to the root of the checkpoint. */
    TREE_ALTERED,
    /** A line of the events does not follow its format. */
    EVENT_MALFORMED,
    /** The payload, metadata or record of an event is not the one that was logged. */
    EVENT_ALTERED,
    /** An event is not after the one before it: events were swapped, inserted or repeated. */
    EVENT_OUT_OF_ORDER,
    /** An event lies outside the range or beyond the checkpoint. */
    EVENT_OUT_OF_RANGE,
    /** Events of the range were removed. */
    EVENT_MISSING
}
