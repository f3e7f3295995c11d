package chat.parley.audit.transcript;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.conversation.Visibility.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Tells who could read an entry, or a version of a message. Not thread-safe. */
final class Audience {
    private final Map<UserId, Timeline> people;
    /** The positions at which the set of people who see a position changes. */
    private final NavigableSet<Long> bounds = new TreeSet<>();

    private Span known = new Span(0, 0);
    private List<UserId> knownPeople = List.of();

    Audience(Map<UserId, Timeline> people) {
        this.people = people;
        bounds.add(1L);
        for (Timeline person : people.values()) {
            for (Span span : person.newest().spans()) {
                bounds.add(span.from());
                if (span.to() != Visibility.OPEN) {
                    bounds.add(span.to() + 1);
                }
            }
        }
    }

    /** Everybody who ever sees this position. The list is the same object for positions with the same audience. */
    List<UserId> of(long position) {
        if (!known.contains(position)) {
            Long next = bounds.higher(position);
            Long first = bounds.floor(position);
            known = new Span(first == null ? 1 : first, next == null ? Visibility.OPEN : next - 1);
            knownPeople = people.entrySet().stream()
                    .filter(person -> person.getValue().newest().sees(position))
                    .map(Map.Entry::getKey)
                    .toList();
        }
        return knownPeople;
    }

    /**
     * For a message with changes: who could read the text of each version, by its position. Somebody who joined after an
     * edit never read what it replaced, and nobody who sees the retraction first reads anything.
     *
     * @param changes the message's edits and retractions, ascending
     */
    Map<Long, List<UserId>> ofVersions(long message, List<Change> changes) {
        Map<Long, List<UserId>> readers = new HashMap<>();
        readers.put(message, new ArrayList<>());
        changes.forEach(change -> readers.put(change.position(), new ArrayList<>()));
        people.forEach((user, timeline) -> {
            if (seesEverything(timeline, message)) {
                readers.values().forEach(all -> all.add(user));
                return;
            }
            NavigableSet<Long> moments = new TreeSet<>();
            moments.add(message);
            changes.forEach(change -> moments.add(change.position()));
            timeline.changesAfter(message).forEach(moments::add);
            Set<Long> read = new HashSet<>();
            for (long moment : moments) {
                addReadable(message, changes, moment, timeline.at(moment), read);
            }
            readers.forEach((version, all) -> {
                if (read.contains(version)) {
                    all.add(user);
                }
            });
        });
        return readers;
    }

    /** Whoever was a member before the message and never left has received each version when it was written. */
    private static boolean seesEverything(Timeline timeline, long message) {
        Visibility before = timeline.at(message);
        return before.isUnbroken()
                && before.sees(message)
                && !timeline.changesAfter(message).iterator().hasNext();
    }

    /** What can be read when the entry at {@code moment} is the newest. */
    private static void addReadable(
            long message, List<Change> changes, long moment, Visibility visibility, Set<Long> read) {
        List<Long> edits = new ArrayList<>();
        List<Long> retractions = new ArrayList<>();
        for (Change change : changes) {
            if (change.position() <= moment) {
                (change.retraction() ? retractions : edits).add(change.position());
            }
        }
        retractions.stream().filter(visibility::sees).forEach(read::add);
        if (retractions.stream().anyMatch(visibility::sees)) {
            return;
        }
        // An edit is an entry of its own, with its text.
        edits.stream().filter(visibility::sees).forEach(read::add);
        if (visibility.sees(message) && visibility.reading(edits, retractions).edit() == null) {
            read.add(message);
        }
    }
}
