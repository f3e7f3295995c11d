package chat.parley.api;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Describes an exception for a log: the classes of its causes and the first stack frames of the innermost cause.
 * Exception messages are left out because libraries quote user input in them. Whole stack traces are left out because a
 * client that repeats a failing request could fill the disk with them.
 */
public final class ExceptionSummary {
    private static final int MAX_KINDS = 8;
    private static final int MAX_FRAMES = 6;
    private static final String OURS = "chat.parley.";

    private ExceptionSummary() {}

    /**
     * Returns one line, such as {@code java.lang.IllegalStateException by java.io.IOException at chat.parley.X.y:12}.
     */
    public static String describe(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        StringBuilder kinds = new StringBuilder();
        Throwable first = failure;
        for (Throwable t = failure; t != null && seen.size() < MAX_KINDS && seen.add(t); t = t.getCause()) {
            kinds.append(kinds.isEmpty() ? "" : " by ").append(t.getClass().getName());
            first = t;
        }
        List<StackTraceElement> frames = List.of(first.getStackTrace());
        String where = Stream.concat(
                        frames.stream().limit(1),
                        frames.stream()
                                .skip(1)
                                .filter(frame -> frame.getClassName().startsWith(OURS)))
                .limit(MAX_FRAMES)
                .map(frame -> "%s.%s:%d".formatted(frame.getClassName(), frame.getMethodName(), frame.getLineNumber()))
                .collect(Collectors.joining(" < "));
        return where.isEmpty()
                ? kinds.toString()
                : kinds.append(" at ").append(where).toString();
    }
}
