package chat.parley.eventprocessing.token;

import java.util.Optional;

/** The claims of this process on segments. */
@FunctionalInterface
public interface SegmentClaims {
    /** For a store that refuses outdated writes by other means, or has only one process. */
    SegmentClaims NONE = (processor, segment) -> Optional.empty();

    Optional<SegmentClaim> of(String processor, int segment);
}
