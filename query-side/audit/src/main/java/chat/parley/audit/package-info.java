/**
 * The side of auditors.
 *
 * <ul>
 *   <li>{@code access}: who may audit; each access is an event before anything is shown.
 *   <li>{@code follow}: one reading of the event store for the log and the index of event blocks.
 *   <li>{@code event}: the stored events, as CloudEvents.
 *   <li>{@code export}: archives that prove themselves, made at once or by a job.
 *   <li>{@code transcript}: entries with all their versions and readers.
 *   <li>{@code document}: transcripts as RSMF, mails and Slack's files.
 *   <li>{@code conversation}: conversations as they stood at a moment, and who could read a message.
 *   <li>{@code log}: the transparency log over all events, its public tiles and checkpoint, and proofs.
 *   <li>{@code review}: who accessed what in a month.
 * </ul>
 */
@NullMarked
package chat.parley.audit;

import org.jspecify.annotations.NullMarked;
