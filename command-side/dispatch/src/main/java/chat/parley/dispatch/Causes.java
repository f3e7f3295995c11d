package chat.parley.dispatch;

/** Looks into what an exception wraps. */
final class Causes {
    private Causes() {}

    static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
