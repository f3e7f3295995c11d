/**
 * REST that changes something, who may ask (accounts, sessions, tokens, roles), and how every endpoint of this server
 * says no. What cannot be rebuilt from events is kept in the vault:
 *
 * <pre>
 * vault.credentials   claim (keyed hash of the username) -> user, password hash, registered
 * vault.sessions      (user, device) -> session, hash of the current refresh token, generation of its access tokens,
 *                     when it was opened and last renewed
 * </pre>
 */
@NullMarked
package chat.parley.commands;

import org.jspecify.annotations.NullMarked;
