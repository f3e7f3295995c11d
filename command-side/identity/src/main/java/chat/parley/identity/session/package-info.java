/** The open login sessions and the refresh tokens that renew them. */
@NullMarked
package chat.parley.identity.session;

import org.jspecify.annotations.NullMarked;
