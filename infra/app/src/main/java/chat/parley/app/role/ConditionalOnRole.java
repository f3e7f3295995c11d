package chat.parley.app.role;

import chat.parley.api.process.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/** For what only processes with one of these roles have. Modules know no roles; their configurations are chosen by them. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnRole.class)
public @interface ConditionalOnRole {
    Role[] value();

    /** Roles that bring the same with them, or replace it. */
    Role[] unless() default {};
}
