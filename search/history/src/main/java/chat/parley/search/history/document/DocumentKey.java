package chat.parley.search.history.document;

/**
 * One document, and all it takes to derive it from the events again.
 *
 * @param version the entry that made the text what it is there: the message's own, an edit, or the retraction
 * @param entry   the entry that last changed the document, which is its version in Elasticsearch: of a message the same,
 *                of a past text the one that put an end to it
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
