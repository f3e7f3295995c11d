/** Commands, events and queries of contacts, and the rules of blocks. */
@NullMarked
package chat.parley.api.contact;

import org.jspecify.annotations.NullMarked;
