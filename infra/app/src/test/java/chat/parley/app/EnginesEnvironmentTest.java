package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogs;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The defaults that follow from {@code parley.engines}. */
class EnginesEnvironmentTest {
    @Test
    void withServersManagementHasALoopbackPortOfItsOwn() {
        StandardEnvironment environment = with(Map.of("parley.engines", "server"));
        assertThat(environment.getProperty("management.server.port")).isEqualTo("9090");
        assertThat(environment.getProperty("management.server.address")).isEqualTo("127.0.0.1");
    }

    @Test
    void explicitSettingsOverrideTheDefaults() {
        StandardEnvironment environment = with(Map.of(
                "parley.engines", "server", "management.server.port", "7070", "management.server.address", "10.0.0.1"));
        assertThat(environment.getProperty("management.server.port")).isEqualTo("7070");
        assertThat(environment.getProperty("management.server.address")).isEqualTo("10.0.0.1");
    }

    @Test
    void withEmbeddedEnginesThereIsOnePort() {
        assertThat(with(Map.of()).getProperty("management.server.port")).isNull();
    }

    private static StandardEnvironment with(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        new EnginesEnvironment(new DeferredLogs()).postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
