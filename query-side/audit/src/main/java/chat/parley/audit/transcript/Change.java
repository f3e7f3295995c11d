package chat.parley.audit.transcript;

/**
 * An edit or a retraction of a message.
 *
 * @param offset where it is in the {@link SpooledChanges}
 */
record Change(long position, boolean retraction, long offset, int length) {}
