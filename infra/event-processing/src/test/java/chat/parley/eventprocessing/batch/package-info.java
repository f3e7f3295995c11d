@NullMarked
package chat.parley.eventprocessing.batch;

import org.jspecify.annotations.NullMarked;
