package chat.parley.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.process.Role;
import chat.parley.api.process.Roles;
import chat.parley.api.process.StartupFailure;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class ConfiguredRolesTest {
    private static final Map<String, String> AXON_SERVER = Map.of("parley.engines", "server");
    private static final Map<String, String> POSTGRES =
            Map.of("parley.engines", "server", "parley.event-store.engine", "postgres");

    @Test
    void areAllUnlessSet() {
        assertThat(roles(Map.of())).isEqualTo(Roles.complete());
        assertThat(roles(AXON_SERVER)).isEqualTo(Roles.complete());
    }

    @Test
    void mayBeAnyWithAxonServer() {
        assertThat(roles(AXON_SERVER, "push,notify")).isEqualTo(new Roles(Set.of(Role.PUSH, Role.NOTIFY)));
    }

    @Test
    void cannotBeFewerWithEmbeddedEngines() {
        assertThatThrownBy(() -> roles(Map.of(), "push,command"))
                .isInstanceOf(StartupFailure.class)
                .hasMessage(
                        "The embedded engines belong to one process, which has all roles. Remove parley.roles, or use"
                                + " servers as engines: parley.engines=server.");
        assertThatCode(() -> roles(Map.of(), "command,projection,search,push,api,notify,audit"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "api", "notify", "audit"})
    void includeCommandsWhereNothingCarriesThem(String sending) {
        assertThatThrownBy(() -> roles(POSTGRES, sending + ",projection"))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("a process with the role " + sending + " has to handle its own. Add command to");
        assertThat(roles(POSTGRES, sending + ",command").has(Role.COMMAND)).isTrue();
    }

    @Test
    void needNoCommandsToBuildReadModels() {
        assertThat(roles(POSTGRES, "projection,search")).isEqualTo(new Roles(Set.of(Role.PROJECTION, Role.SEARCH)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void cannotBeNone(String none) {
        assertThatThrownBy(() -> roles(POSTGRES, none))
                .isInstanceOf(StartupFailure.class)
                .hasMessageStartingWith("parley.roles is empty");
    }

    private static Roles roles(Map<String, String> engines, String... named) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("engines", Map.copyOf(engines)));
            for (String roles : named) {
                context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("roles", Map.of("parley.roles", roles)));
            }
            new ConfiguredRoles().initialize(context);
            context.refresh();
            return context.getBean(Roles.class);
        }
    }
}
