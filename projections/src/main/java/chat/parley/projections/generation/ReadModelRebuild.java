package chat.parley.projections.generation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds the whole read model anew from the events while the present one is served, then serves the new one. */
public interface ReadModelRebuild {
    /**
     * Begins, unless one is under way already on any node.
     *
     * @return how it stands
     */
    Progress begin();

    /** How the rebuild that is under way stands, or the last one that this node saw. */
    Progress progress();

    /** What a rebuild can be. */
    enum State {
        /** None is under way and none was seen by this node. */
        NONE,
        FILLING,
        /** The new generation is served. */
        DONE,
        /** The new generation did not equal the present one and was given up. */
        FAILED
    }

    /**
     * @param active    the generation that is served
     * @param next      the generation that is, or was, being filled
     * @param position  the new generation includes everything up to this global index
     * @param head      the newest global index
     * @param served    what the generation that was served held at the comparison
     * @param filled    what the new one held
     */
    record Progress(
            State state,
            String active,
            @Nullable String next,
            long position,
            long head,
            @Nullable Instant since,
            @Nullable ModelCounts served,
            @Nullable ModelCounts filled) {}
}
