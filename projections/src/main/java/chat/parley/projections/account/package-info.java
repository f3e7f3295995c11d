/** Accounts: writes and queries profiles, settings and blocks, and finds users by name. */
@NullMarked
package chat.parley.projections.account;

import org.jspecify.annotations.NullMarked;
