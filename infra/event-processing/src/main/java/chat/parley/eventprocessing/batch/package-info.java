/** The events of one batch, collected and handed on together just before the processor stores its token. */
@NullMarked
package chat.parley.eventprocessing.batch;

import org.jspecify.annotations.NullMarked;
