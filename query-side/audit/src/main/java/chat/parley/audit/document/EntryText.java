package chat.parley.audit.document;

import chat.parley.api.KebabCase;
import chat.parley.api.account.UserId;
import chat.parley.audit.transcript.Names.Name;
import chat.parley.wire.Entry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in English what an entry is. */
record EntryText(Map<UserId, Name> names) {
    /** Stands where a text was whose key is destroyed. */
    static final String ERASED = "[erased: the key of this text was destroyed]";

    /** The person's name and id. */
    String person(UserId user) {
        String shown = names.containsKey(user) ? names.get(user).shown(user) : user.value();
        return shown.equals(user.value()) ? shown : shown + " (" + user + ")";
    }

    String people(List<UserId> users) {
        return users.stream().map(this::person).collect(Collectors.joining(", "));
    }

    /** The text of a message or of an edit. */
    static String text(@Nullable String text) {
        return text == null ? ERASED : text;
    }

    /** The whole entry without its sender and time. */
    String of(Entry entry) {
        return switch (entry) {
            case Entry.Started e ->
                "started "
                        + (e.joinable() == null ? "the conversation" : "the group " + quoted(e.title()))
                        + " with "
                        + people(e.members().stream().map(Entry.Member::user).toList());
            case Entry.Message e -> text(e.text());
            case Entry.Edit e -> "edited message " + e.target() + ": " + text(e.text());
            case Entry.Retraction e -> "retracted message " + e.target();
            case Entry.Reaction e ->
                (e.added() ? "added the reaction " : "removed the reaction ") + e.emoji()
                        + (e.added() ? " to" : " from") + " message " + e.target();
            case Entry.Joined e -> e.user().equals(e.sender()) ? "joined" : "added " + person(e.user());
            case Entry.Left e -> e.user().equals(e.sender()) ? "left" : "removed " + person(e.user());
            case Entry.Renamed e -> "renamed the group to " + quoted(e.title());
            case Entry.Role e -> "gave " + person(e.user()) + " the role " + KebabCase.of(e.role());
            case Entry.Joinability e -> e.joinable() ? "opened the group to everybody" : "closed the group";
            case Entry.Pinned e -> "pinned message " + e.target();
            case Entry.Unpinned e -> "unpinned message " + e.target();
        };
    }

    private static String quoted(@Nullable String title) {
        return title == null ? ERASED : "\u201c" + title + "\u201d";
    }

    /** Whoever is named by an entry besides its sender. */
    static Set<UserId> named(Entry entry) {
        Set<UserId> named = new LinkedHashSet<>();
        named.add(entry.sender());
        switch (entry) {
            case Entry.Joined e -> named.add(e.user());
            case Entry.Left e -> named.add(e.user());
            case Entry.Role e -> named.add(e.user());
            case Entry.Started e -> e.members().forEach(member -> named.add(member.user()));
            case Entry.Message e -> named.addAll(e.mentions());
            case Entry.Edit e -> {
                if (e.mentions() != null) {
                    named.addAll(e.mentions());
                }
            }
            case Entry.Retraction e -> {}
            case Entry.Reaction e -> {}
            case Entry.Renamed e -> {}
            case Entry.Joinability e -> {}
            case Entry.Pinned e -> {}
            case Entry.Unpinned e -> {}
        }
        return named;
    }
}
