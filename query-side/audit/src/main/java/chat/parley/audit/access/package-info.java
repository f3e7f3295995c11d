/** Who may audit, and the record of each access. */
@NullMarked
package chat.parley.audit.access;

import org.jspecify.annotations.NullMarked;
