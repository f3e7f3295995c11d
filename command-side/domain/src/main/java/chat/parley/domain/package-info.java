/** The aggregates and their policies. They use no clock, no I/O and no Spring. */
@NullMarked
package chat.parley.domain;

import org.jspecify.annotations.NullMarked;
