package chat.parley.transparency.violators;

import org.springframework.core.env.Environment;

record KnowsSpring(Environment environment) {}
