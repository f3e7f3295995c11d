package chat.parley.projections;

import org.jspecify.annotations.Nullable;

/** An event that cannot be projected. Its projector stops there and tries again: nothing is skipped. */
final class ProjectionFailure extends RuntimeException {
    private ProjectionFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static ProjectionFailure at(String aggregate, long position, long index, @Nullable Throwable cause) {
        return new ProjectionFailure(
                "Cannot project position " + position + " of " + aggregate + " at index " + index, cause);
    }

    static ProjectionFailure hole(Occurrence occurrence, long head) {
        return new ProjectionFailure(
                "Position " + occurrence.position() + " of " + occurrence.aggregate() + " at index "
                        + occurrence.index() + " does not follow its head " + head,
                null);
    }

    static ProjectionFailure overtaken(String what) {
        return new ProjectionFailure("Another writer changed " + what + " meanwhile", null);
    }
}
