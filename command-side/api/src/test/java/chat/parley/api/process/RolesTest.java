package chat.parley.api.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolesTest {
    @Test
    void areNamedInAnyOrder() {
        Roles roles = Roles.named(List.of("push", " command"));
        assertThat(roles).isEqualTo(new Roles(Set.of(Role.COMMAND, Role.PUSH))).hasToString("command, push");
        assertThat(roles.has(Role.PUSH)).isTrue();
        assertThat(roles.has(Role.API)).isFalse();
        assertThat(roles.hasAny(Set.of(Role.API, Role.PUSH))).isTrue();
        assertThat(roles.isComplete()).isFalse();
    }

    @Test
    void anUnknownOneIsRefusedWithAllThereAre() {
        assertThatThrownBy(() -> Roles.named(List.of("push", "gateway")))
                .isInstanceOf(StartupFailure.class)
                .hasMessage(
                        "parley.roles names \"gateway\", which is no role of Parley. The roles are command, projection,"
                                + " search, push, api, notify, audit; without parley.roles a process has all of them.");
    }

    @Test
    void noneIsRefused() {
        assertThatThrownBy(() -> Roles.named(List.of()))
                .isInstanceOf(StartupFailure.class)
                .hasMessageStartingWith("parley.roles is empty. The roles are ");
    }
}
