package chat.parley.query.http.account;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.query.http.conversation.SealedTextReader;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person.
 *
 * @param username    null where it has been erased, or the account is deleted
 * @param erased      whether the names have been erased
 * @param deactivated whether they have closed their account for a while
 * @param deleted     whether they have closed it for good; what they said stays
 * @param roles       one's own only
 * @param devices     one's own only
 */
record UserView(
        UserId id,
        @Schema(types = {"string", "null"}) @Nullable String username,
        @Schema(types = {"string", "null"}) @Nullable String displayName,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean erased,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean deactivated,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean deleted,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> roles,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Device> devices) {
    static UserView of(
            UserId id, SealedTextReader.Text username, SealedTextReader.Text displayName, boolean deactivated) {
        return new UserView(
                id,
                username.value(),
                displayName.value(),
                username.erased() || displayName.erased(),
                deactivated,
                false,
                null,
                null);
    }

    static UserView deleted(UserId id) {
        return new UserView(id, null, null, false, false, true, null, null);
    }

    UserView with(List<String> ownRoles, List<Device> ownDevices) {
        return new UserView(id, username, displayName, erased, deactivated, deleted, ownRoles, ownDevices);
    }

    /** Names stay out of logs. */
    @Override
    public String toString() {
        return "UserView[id=" + id + "]";
    }

    record Users(List<UserView> users) {}

    /** @param current whether this is the device that asks */
    record Device(DeviceId id, boolean current) {}

    record Devices(List<Device> devices) {}

    record Block(UserId user) {}

    record Blocks(List<Block> blocks) {}
}
