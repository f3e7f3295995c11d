/** Who may log in, how, and for how long. */
@NullMarked
package chat.parley.identity.policy;

import org.jspecify.annotations.NullMarked;
