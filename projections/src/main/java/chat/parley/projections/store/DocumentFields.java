package chat.parley.projections.store;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Reads fields of documents. Numbers may come back in another width than they were written. */
public final class DocumentFields {
    private static final Document EMPTY = new Document();

    private DocumentFields() {}

    /** 0 if absent. */
    public static long longOf(Document document, String field) {
        return document.get(field) instanceof Number number ? number.longValue() : 0;
    }

    public static @Nullable Long longOrNull(Document document, String field) {
        return document.get(field) instanceof Number number ? number.longValue() : null;
    }

    public static boolean flag(Document document, String field) {
        return Boolean.TRUE.equals(document.get(field));
    }

    /** An empty document if absent. */
    public static Document sub(Document document, String field) {
        return document.get(field) instanceof Document sub ? sub : EMPTY;
    }
}
