package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.testing.HttpAnswer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileTest extends ServerTest {
    @Test
    void takesANewDisplayName() {
        LoggedInUser alice = somebody();
        HttpAnswer changed = patch(alice.accessToken(), "/users/me", Map.of("displayName", "Alice \ud83c\udf75"))
                .is(200);
        assertThat(changed.text("displayName")).isEqualTo("Alice \ud83c\udf75");
        assertThat(changed.text("username")).isEqualTo(alice.username());
        patch(alice.accessToken(), "/users/me", Map.of("displayName", " ")).isRefused(Refusal.DISPLAY_NAME_INVALID);
        patch(alice.accessToken(), "/users/me", Map.of()).isRefused(Refusal.INVALID_PARAMETER);
    }

    @Test
    void blocksOnlyOtherUsers() {
        LoggedInUser alice = somebody();
        put(alice.accessToken(), "/users/me/blocks/" + alice.id()).isRefused(Refusal.SELF_NOT_ALLOWED);
        put(alice.accessToken(), "/users/me/blocks/nobody").isRefused(Refusal.USER_NOT_FOUND);
        put(alice.accessToken(), "/users/me/blocks/" + somebody().id()).is(204);
        assertThat(aggregates.stored(UserBlocked.class))
                .anySatisfy(blocked -> assertThat(blocked.user().value()).isEqualTo(alice.id()));
    }
}
