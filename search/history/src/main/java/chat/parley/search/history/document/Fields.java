package chat.parley.search.history.document;

/** The fields of a document, of both indexes; {@code messages.json} is their mapping. */
public final class Fields {
    public static final String CONVERSATION = "conversation";
    /** Of the message itself, whatever version this is. */
    public static final String POSITION = "position";
    /** The position of the entry that made the text what it is here: the message's own, or an edit's. */
    public static final String VERSION = "version";

    public static final String SENDER = "sender";
    /** When the message was sent. */
    public static final String AT = "at";
    /** When this text began to stand: {@link #AT}, or when it was edited. */
    public static final String SINCE = "since";
    /** When this text ceased to stand; in the past only. */
    public static final String UNTIL = "until";
    /** {@link PastEnd} in lower case; in the past only. */
    public static final String END = "end";
    /** The position of the edit or retraction that ended this text; in the past only. */
    public static final String ENDED_BY = "endedBy";
    /** True in the tombstone that a retraction leaves among the messages, which has no text. */
    public static final String RETRACTED = "retracted";
    /** Analysed as Korean and English. */
    public static final String TEXT = "text";
    /** The same text in bigrams of Korean and whole words of the rest, for what must be there as it is written. */
    public static final String TEXT_EXACT = "text.exact";
    /** The same text in words, single characters of Chinese, Japanese and Korean, and signs, without accents. */
    public static final String TEXT_SIGNS = "text.signs";

    public static final String MENTIONS = "mentions";
    public static final String REPLY_TO = "replyTo";
    /** Whether the text has a URL. */
    public static final String LINK = "link";

    private Fields() {}
}
