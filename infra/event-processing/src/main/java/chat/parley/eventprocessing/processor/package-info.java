/** Processors whose events are divided into segments that nodes share. */
@NullMarked
package chat.parley.eventprocessing.processor;

import org.jspecify.annotations.NullMarked;
