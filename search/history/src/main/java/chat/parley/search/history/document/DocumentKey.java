package chat.parley.search.history.document;

/**
 * Identifies a document and the events that it is derived from.
 *
 * @param version position of the entry that the text comes from: the message, an edit, or the retraction
 * @param entry   position of the entry that changed the document last, which is its version in Elasticsearch: for a
 * current message the same as {@code version}, for a past text the entry that ended it
 */
public record DocumentKey(DocumentKind kind, MessageKey place, long version, long entry) {
    public static DocumentKey message(MessageKey place, long version) {
        return new DocumentKey(DocumentKind.MESSAGE, place, version, version);
    }

    public static DocumentKey past(MessageKey place, long version, long entry) {
        return new DocumentKey(DocumentKind.PAST, place, version, entry);
    }

    public String id() {
        return switch (kind) {
            case MESSAGE -> place.id();
            case PAST -> place.id() + ":" + version;
        };
    }
}
