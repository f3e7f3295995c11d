package chat.parley.api.violators;

import org.springframework.context.ApplicationContext;

record KnowsSpring(ApplicationContext context) {}
