@NullMarked
package chat.parley.eventprocessing.stream;

import org.jspecify.annotations.NullMarked;
