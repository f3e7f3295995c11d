package chat.parley.audit.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One access, as a row of the review. What a kind of access does not have is null. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReviewedAccess(
        @Schema(description = "Index of the event, for `/audit/events` and `/audit/export`")
        long index,

        @Schema(description = "When the event was stored") Instant at,

        @Schema(
                description =
                        "What an auditor read, what an analyst searched, what an admin changed about a role, or what an"
                                + " auditor decided about holds, erasure and retention",
                allowableValues = {"audit", "search", "role", "retention"})
        String kind,

        @Schema(description = "Who did it") String by,

        @Schema(
                description =
                        "Such as `read-events`, `export`, `search`, `past`, `granted`, `revoked`, `hold-placed`, `hold-lifted`,"
                                + " `erasure-ordered`, `rule-changed`")
        String action,

        @Schema(description = "The conversation that an auditor's request was bound to") @Nullable
        String conversation,

        @Schema(description = "The person whose data an auditor read, or whose role changed") @Nullable
        String person,

        @Schema(description = "The role that was granted or revoked") @Nullable
        String role,

        @Schema(description = "An auditor's request, as path and parameters") @Nullable
        String request,

        @Schema(description = "The stated reason; events from before reasons were asked for have none") @Nullable
        String reason,

        @Schema(description = "The network address of an auditor's request") @Nullable
        String address,

        @Schema(description = "What an analyst searched for") @Nullable
        String query,

        @Schema(description = "How many messages an analyst's search found") @Nullable
        Long hits,

        @Schema(description = "Whether a text is null because its key was destroyed")
        boolean erased,

        @Schema(description = "Whether a text is null because the stored event was altered")
        boolean altered) {
    static final String AUDIT = "audit";
    static final String SEARCH = "search";
    static final String ROLE = "role";
    static final String RETENTION = "retention";

    /** Queries, reasons and addresses belong into no log. */
    @Override
    public String toString() {
        return "ReviewedAccess[" + index + "]";
    }
}
