package chat.parley.transparency.witness;

/** The content type of most answers. */
final class TextPlain {
    static final String CONTENT_TYPE = "text/plain; charset=utf-8";

    private TextPlain() {}
}
