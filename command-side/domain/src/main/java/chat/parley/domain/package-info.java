/** The aggregates and their policies: no clock, no I/O, no Spring. */
@NullMarked
package chat.parley.domain;

import org.jspecify.annotations.NullMarked;
