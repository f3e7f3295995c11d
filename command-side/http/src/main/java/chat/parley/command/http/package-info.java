/**
 * REST that changes something, who may ask (accounts, sessions, tokens, roles), and how every endpoint of this server
 * says no. What cannot be rebuilt from events is kept in the vault:
 *
 * <pre>
 * vault.credentials   claim (keyed hash of the username) -> user, password hash, registered, version of the password
 * vault.sessions      (user, device) -> session, hash of the current refresh token, generation of its access tokens,
 *                     when it was opened and last renewed
 * vault.one_time_codes     hash of a code -> user, what it is good for, until when
 * vault.mail_addresses     user -> where they are reached by mail, and where they want to be
 * vault.account_deletions  users whose account is being deleted, until the last step is taken
 * </pre>
 */
@NullMarked
package chat.parley.command.http;

import org.jspecify.annotations.NullMarked;
