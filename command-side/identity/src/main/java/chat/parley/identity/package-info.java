/**
 * Who a client is and what it may do: accounts, passwords, login sessions, tokens, roles and the security filter chain.
 * The vault holds what cannot be rebuilt from events:
 *
 * <pre>
 * vault.credentials        claim (keyed hash of the username) -> user, password hash, registered, version of the password
 * vault.sessions           (user, device) -> session, hash of the current refresh token, generation of its access tokens,
 *                          when it was opened and last renewed
 * vault.known_sources      (user, keyed hash of a device or an address) -> when somebody last logged in from there
 * vault.one_time_codes     hash of a code -> user, purpose, expiry
 * vault.mail_addresses     user -> confirmed and pending mail address
 * vault.account_deletions  users whose account is being deleted, until the last step is taken
 * vault.kept_activity      (node, user, device) -> last activity that a stopped node knew of
 * vault.claimed_looks      Unicode versions for which the looks of former usernames are claimed
 * </pre>
 */
@NullMarked
package chat.parley.identity;

import org.jspecify.annotations.NullMarked;
