/** The capacity estimate: what a number of users needs, from measured and assumed costs. */
@NullMarked
package chat.parley.load.capacity;

import org.jspecify.annotations.NullMarked;
