package chat.parley.load.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NickUsernamesTest {
    private final NickUsernames usernames = new NickUsernames("r1");

    @Test
    void areValidAndUniqueInAnyLetterCase() {
        List<String> nicks = List.of("Matt|", "matt|", "MATT|", "oO[NOVA]", "a.b", "..", "x`y^", "A_-9", "{\\}", "나");
        Set<String> folded = new HashSet<>();
        for (String nick : nicks) {
            String username = usernames.of(nick);
            assertThat(username).matches("[a-z0-9._-]{1,64}");
            assertThat(folded.add(username.toLowerCase(Locale.ROOT))).isTrue();
        }
        assertThat(folded.add(usernames.host())).isTrue();
    }

    @Test
    void refusesANickThatNoUsernameCanHold() {
        assertThatThrownBy(() -> usernames.of("[".repeat(20))).isInstanceOf(IllegalArgumentException.class);
    }
}
