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

    /** Characters that the server takes for the same, as in {@code m1ke}, are not what tells two names apart. */
    @Test
    void differWhereNoCharactersLookAlike() {
        Set<String> endings = new HashSet<>();
        for (String nick : List.of("m1ke", "mlke", "rnike", "mike", "bo0", "boo", "vv", "w")) {
            String username = usernames.of(nick);
            assertThat(username).matches("r1\\..*-[0-9a-f]{6}");
            assertThat(endings.add(username.substring(username.length() - 6))).isTrue();
        }
    }

    @Test
    void refusesANickThatNoUsernameCanHold() {
        assertThatThrownBy(() -> usernames.of("[".repeat(20))).isInstanceOf(IllegalArgumentException.class);
    }
}
