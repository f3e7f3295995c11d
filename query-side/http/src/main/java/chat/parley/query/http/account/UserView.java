package chat.parley.query.http.account;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.wire.SealedTextReader;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param username null if it has been erased or the account is deleted
 * @param erased whether the user has been erased, with names and texts
 * @param deactivated whether the account is deactivated until the next login
 * @param deleted whether the account is deleted; its messages stay
 * @param roles only in the caller's own account
 * @param devices only in the caller's own account
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

    static UserView deleted(UserId id, boolean erased) {
        return new UserView(id, null, null, erased, false, true, null, null);
    }

    UserView with(List<String> ownRoles, List<Device> ownDevices) {
        return new UserView(id, username, displayName, erased, deactivated, deleted, ownRoles, ownDevices);
    }

    /** Names must not appear in logs. */
    @Override
    public String toString() {
        return "UserView[id=" + id + "]";
    }

    record Users(List<UserView> users) {}

    /** @param current whether the request was made on this device */
    record Device(DeviceId id, boolean current) {}

    record Devices(List<Device> devices) {}

    record Block(UserId user) {}

    record Blocks(List<Block> blocks) {}
}
