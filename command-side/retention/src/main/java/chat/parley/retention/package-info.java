/**
 * What is kept against deletion, and what is destroyed.
 *
 * <ul>
 *   <li>{@code decision}: asks the one aggregate that decides; explains its refusals.
 *   <li>{@code hold}: legal holds.
 *   <li>{@code erasure}: the erasure of users, a process of repeatable steps.
 *   <li>{@code rule}: how long texts are kept.
 *   <li>{@code expiry}: the job that destroys texts by those rules.
 * </ul>
 *
 * The vault holds how far the processes came:
 *
 * <pre>
 * vault.erasures        user -> who ordered the erasure and when, the sealed reason, the last step taken
 * vault.erasure_stores  (user, store) -> when the store held nothing of the user any more
 * vault.expiries        conversation -> the day before which its texts have expired or are about to
 * </pre>
 */
@NullMarked
package chat.parley.retention;

import org.jspecify.annotations.NullMarked;
