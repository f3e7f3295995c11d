package chat.parley.vault.wrapping;

/** Tables with wrapped keys, each with its columns of the row id and the key. */
public enum WrappedTable {
    TEXT_KEYS("text_keys", "key_id", "key"),
    CONVERSATION_KEYS("conversation_keys", "conversation", "key"),
    SECRETS("secrets", "name", "value");

    private final String table;
    private final String id;
    private final String key;

    WrappedTable(String table, String id, String key) {
        this.table = table;
        this.id = id;
        this.key = key;
    }

    String table() {
        return "vault." + table;
    }

    String id() {
        return id;
    }

    String key() {
        return key;
    }

    /** What a wrapped key of this row is bound to. */
    public String place(String row) {
        return table + "/" + row;
    }
}
