/** Usernames, and accounts as their owners and other modules see them. */
@NullMarked
package chat.parley.identity.profile;

import org.jspecify.annotations.NullMarked;
