package chat.parley.app.role;

import chat.parley.api.process.Role;
import chat.parley.api.process.Roles;
import java.util.List;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Compares the roles of an annotation with those of this process. */
final class OnRole implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        MergedAnnotation<ConditionalOnRole> condition =
                metadata.getAnnotations().get(ConditionalOnRole.class);
        Roles roles = ConfiguredRoles.in(context.getEnvironment());
        return roles.hasAny(List.of(condition.getEnumArray("value", Role.class)))
                && !roles.hasAny(List.of(condition.getEnumArray("unless", Role.class)));
    }
}
