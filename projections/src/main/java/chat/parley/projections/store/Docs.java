package chat.parley.projections.store;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Reading fields of documents: numbers come back in whatever width the server kept them. */
public final class Docs {
    private static final Document EMPTY = new Document();

    private Docs() {}

    /** 0 where it is absent. */
    public static long longOf(Document document, String field) {
        return document.get(field) instanceof Number number ? number.longValue() : 0;
    }

    public static @Nullable Long longOrNull(Document document, String field) {
        return document.get(field) instanceof Number number ? number.longValue() : null;
    }

    public static boolean flag(Document document, String field) {
        return Boolean.TRUE.equals(document.get(field));
    }

    /** An empty one where it is absent. */
    public static Document sub(Document document, String field) {
        return document.get(field) instanceof Document sub ? sub : EMPTY;
    }
}
