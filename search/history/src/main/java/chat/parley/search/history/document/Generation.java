package chat.parley.search.history.document;

/**
 * One pair of indexes and the processor that fills it. A rebuild fills the next generation while this one is searched.
 */
public record Generation(IndexFamily family, int number) {
    public String name() {
        return "g" + number;
    }

    public String messages() {
        return family.messages() + "-" + name();
    }

    public String past() {
        return family.past() + "-" + name();
    }

    /** The index for documents of this kind. */
    public String index(DocumentKind kind) {
        return switch (kind) {
            case MESSAGE -> messages();
            case PAST -> past();
        };
    }

    public String processor() {
        return "search@" + name();
    }

    /** The processor that removes the texts of erased users and expired ones. */
    public String remover() {
        return "search-removal@" + name();
    }

    @Override
    public String toString() {
        return name();
    }
}
