/** The data directory, child processes, ports and private files that the engines share. */
@NullMarked
package chat.parley.embedded.process;

import org.jspecify.annotations.NullMarked;
