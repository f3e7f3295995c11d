/** Commands, events and queries of accounts: registration, profile, settings, devices, blocks and roles. */
@NullMarked
package chat.parley.api.account;

import org.jspecify.annotations.NullMarked;
