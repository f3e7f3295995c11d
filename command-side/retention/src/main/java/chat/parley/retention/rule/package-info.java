/** Retention rules over REST. */
@NullMarked
package chat.parley.retention.rule;

import org.jspecify.annotations.NullMarked;
