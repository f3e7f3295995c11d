/** Messages between nodes through PostgreSQL's notifications. */
@NullMarked
package chat.parley.vault.message;

import org.jspecify.annotations.NullMarked;
