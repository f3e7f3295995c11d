package chat.parley.api.audit;

import org.jspecify.annotations.Nullable;

/**
 * Selects entries by at most one of {@code after} and {@code before}; without any of them, the newest.
 *
 * @param after  entries that follow this position
 * @param before entries that come before this position
 */
public record EntryWindow(@Nullable Long after, @Nullable Long before, int limit) {
    public static EntryWindow after(long position, int limit) {
        return new EntryWindow(position, null, limit);
    }

    public static EntryWindow newest(int limit) {
        return new EntryWindow(null, null, limit);
    }
}
