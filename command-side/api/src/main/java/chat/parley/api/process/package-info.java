/** What every process of Parley needs of its machine: private files, and threads that stop with their owner. */
@NullMarked
package chat.parley.api.process;

import org.jspecify.annotations.NullMarked;
