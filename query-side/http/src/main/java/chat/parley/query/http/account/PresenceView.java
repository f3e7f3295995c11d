package chat.parley.query.http.account;

import chat.parley.api.account.UserId;
import chat.parley.api.presence.PresenceStatus;
import chat.parley.wire.Kebab;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How somebody is.
 *
 * @param lastActiveAt when they last did something; absent where that is not known or may not be seen
 */
record PresenceView(
        UserId user,
        @Kebab PresenceStatus status,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant lastActiveAt) {
    record Members(List<PresenceView> members) {}
}
