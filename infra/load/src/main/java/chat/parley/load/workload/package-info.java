/** The load: open and closed loops of messages and reads, and the conversations and texts they use. */
@NullMarked
package chat.parley.load.workload;

import org.jspecify.annotations.NullMarked;
