package chat.parley.projections.processing;

import org.jspecify.annotations.Nullable;

/** An event that cannot be projected. Its projector stops there and tries again: nothing is skipped. */
public final class ProjectionFailure extends RuntimeException {
    private ProjectionFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public static ProjectionFailure at(String aggregate, long position, long index, @Nullable Throwable cause) {
        return new ProjectionFailure(
                "Cannot project position " + position + " of " + aggregate + " at index " + index, cause);
    }

    public static ProjectionFailure hole(Occurrence occurrence, long head) {
        return new ProjectionFailure(
                "Position " + occurrence.position() + " of " + occurrence.aggregate() + " at index "
                        + occurrence.index() + " does not follow its head " + head,
                null);
    }

    public static ProjectionFailure overtaken(String what) {
        return new ProjectionFailure("Another writer changed " + what + " meanwhile", null);
    }
}
