/** What the nodes that share the segments of processors know of each other. */
@NullMarked
package chat.parley.eventprocessing.sharing;

import org.jspecify.annotations.NullMarked;
