package chat.parley.audit.rebuild;

import chat.parley.audit.access.AuditAccess;
import chat.parley.eventprocessing.generation.RebuildTarget;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the rebuilds. The read models of this node are the beans of type {@link RebuildTarget}. */
@Configuration(proxyBeanMethods = false)
public class RebuildConfiguration {
    @Bean
    RebuildsController auditRebuilds(List<RebuildTarget> targets, AuditAccess access) {
        return new RebuildsController(targets, access);
    }
}
