package chat.parley.query.http.account;

import chat.parley.api.account.UserId;
import chat.parley.api.presence.PresenceStatus;
import chat.parley.wire.Kebab;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The presence of a user.
 *
 * @param lastActiveAt time of the last activity; absent if it is unknown or hidden from the caller
 */
record PresenceView(
        UserId user,
        @Kebab PresenceStatus status,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant lastActiveAt) {
    record Members(List<PresenceView> members) {}
}
