/** The events of one batch, which are collected and written together just before the processor stores its token. */
@NullMarked
package chat.parley.eventprocessing.batch;

import org.jspecify.annotations.NullMarked;
