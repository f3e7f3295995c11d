package chat.parley.search.history.document;

/** The field names of documents in both indexes; {@code messages.json} defines their mapping. */
public final class Fields {
    public static final String CONVERSATION = "conversation";
    /** Position of the message, in every version. */
    public static final String POSITION = "position";
    /** Position of the entry that the text comes from: the message, or an edit. */
    public static final String VERSION = "version";

    public static final String SENDER = "sender";
    /** When the message was sent. */
    public static final String AT = "at";
    /** When this text became current: {@link #AT}, or the time of the edit. */
    public static final String SINCE = "since";
    /** When this text was replaced or removed; only in the past index. */
    public static final String UNTIL = "until";
    /** {@link TextEnd} in lower case; only in the past index. */
    public static final String END = "end";
    /** Position of the edit or retraction that ended this text; only in the past index. */
    public static final String ENDED_BY = "endedBy";
    /** True in the tombstone that a retraction leaves in the index of messages; it has no text. */
    static final String RETRACTED = "retracted";
    /** Analysed as Korean and English. */
    public static final String TEXT = "text";
    /** The text as Korean bigrams and whole words of other languages, for exact matches. */
    public static final String TEXT_EXACT = "text.exact";
    /** The text as words, single CJK characters, and signs, without accents. */
    public static final String TEXT_SIGNS = "text.signs";

    public static final String MENTIONS = "mentions";
    public static final String REPLY_TO = "replyTo";
    /** Whether the text contains a URL. */
    public static final String LINK = "link";

    private Fields() {}
}
