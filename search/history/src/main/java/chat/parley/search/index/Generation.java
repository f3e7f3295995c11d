package chat.parley.search.index;

/** One pair of indexes with the processor that fills it; a rebuild makes the next one beside the one that is searched. */
record Generation(IndexFamily family, int number) {
    String name() {
        return "g" + number;
    }

    String messages() {
        return family.messages() + "-" + name();
    }

    String past() {
        return family.past() + "-" + name();
    }

    /** The index that has documents of this kind. */
    String index(DocumentKind kind) {
        return switch (kind) {
            case MESSAGE -> messages();
            case PAST -> past();
        };
    }

    String processor() {
        return "search@" + name();
    }

    @Override
    public String toString() {
        return name();
    }
}
