/**
 * Tells the absent: follows the event stream and notifies the devices of whoever is not connected, by Web Push, APNs and
 * FCM.
 *
 * <pre>
 * stream ──▶ Waiting ──▶ Decider ──▶ Marks ──▶ Outbox ──▶ PushSender
 *         (settle time)  (who, and     (once    (lanes,
 *                         whether)      only)    retries)
 *
 * vault.push_registrations   (user, device)                where a device is reached, and the session that said so
 * vault.push_marks           (user, device, conversation)  the newest position it was notified of, and whether that shows
 * vault.push_tokens          how far the stream has been decided (Axon's own format)
 * </pre>
 *
 * <p>A mark is written before the first attempt to send and never taken back, so no device is notified of a message
 * twice; the stored token never passes a message that has not been decided, so a restart forgets none that still waits.
 */
@NullMarked
package chat.parley.notifications;

import org.jspecify.annotations.NullMarked;
