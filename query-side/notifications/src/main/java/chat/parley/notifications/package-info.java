/**
 * Notifies users who are not connected: follows the event stream and sends to their devices by Web Push, APNs and FCM.
 *
 * <pre>
 * stream ──▶ PendingMessages ──▶ RecipientSelector ──▶ NotificationMarks ──▶ NotificationQueue ──▶ PushSender
 *             (settle time)       (users, settings)     (at most once)        (lanes, retries)
 *
 * vault.push_registrations   (user, device)                push address, and the login session that registered it
 * vault.push_marks           (user, device, conversation)  newest notified position, and whether it is still shown
 * vault.push_tokens          progress of the event stream (Axon's own format)
 * </pre>
 *
 * <p>A mark is stored before the first attempt to send and never removed, so that no device is notified of a message
 * twice. The stored token never passes an undecided message, so that a restart loses none.
 */
@NullMarked
package chat.parley.notifications;

import org.jspecify.annotations.NullMarked;
