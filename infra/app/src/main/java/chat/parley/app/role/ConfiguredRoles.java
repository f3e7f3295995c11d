package chat.parley.app.role;

import chat.parley.api.process.Role;
import chat.parley.api.process.Roles;
import chat.parley.api.process.StartupFailure;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** Refuses roles that this process cannot have, before anything of Parley is started. */
public final class ConfiguredRoles implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
    /** Roles whose work sends commands, if only to ask accounts for their blocks. */
    private static final Set<Role> SENDING = Set.of(Role.PUSH, Role.API, Role.NOTIFY, Role.AUDIT);

    /** What libraries serve by themselves. */
    private static final Map<String, Object> WITHOUT_API = Map.of(
            "springdoc.api-docs.enabled", false,
            "springdoc.swagger-ui.enabled", false,
            "spring.web.resources.add-mappings", false);

    /** @throws StartupFailure if the setting names no role, or what is none */
    public static Roles in(Environment environment) {
        return Binder.get(environment)
                .bind("parley.roles", Bindable.listOf(String.class))
                .map(Roles::named)
                .orElseGet(Roles::complete);
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        Roles roles = in(environment);
        requirePossible(roles, environment);
        context.getBeanFactory().registerSingleton("roles", roles);
        if (!roles.has(Role.API)) {
            environment.getPropertySources().addLast(new MapPropertySource("parley-without-api", WITHOUT_API));
        }
    }

    private static void requirePossible(Roles roles, Environment environment) {
        if (roles.isComplete()) {
            return;
        }
        if (!"server".equals(environment.getProperty("parley.engines"))) {
            throw new StartupFailure(
                    "The embedded engines belong to one process, which has all roles",
                    "Remove parley.roles, or use servers as engines: parley.engines=server");
        }
        if (!roles.has(Role.COMMAND)
                && roles.hasAny(SENDING)
                && "postgres".equals(environment.getProperty("parley.event-store.engine"))) {
            throw new StartupFailure(
                    "Nothing carries commands from one process to another with parley.event-store.engine=postgres, so a"
                            + " process with the role "
                            + roles.all().stream()
                                    .filter(SENDING::contains)
                                    .map(role -> new Roles(Set.of(role)).toString())
                                    .collect(Collectors.joining(" or "))
                            + " has to handle its own",
                    "Add command to parley.roles");
        }
    }

    /** Before the engines are waited for. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
