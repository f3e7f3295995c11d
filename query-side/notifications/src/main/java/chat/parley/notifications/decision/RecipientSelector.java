package chat.parley.notifications.decision;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.FindSettings;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.QuietHours;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.BlockPolicy.Interaction;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.FindInbox;
import chat.parley.api.port.LiveSessions;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.notifications.registration.RegisteredDevice;
import chat.parley.notifications.registration.Registrations;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which users are notified of which messages of one conversation: the newest message that the user has not read
 * and whose settings allow it.
 */
public final class RecipientSelector {
    private static final int MAX_CACHED = 10_000;
    /** A changed setting takes effect after this time at the latest. */
    private static final Duration SETTINGS_CACHED_FOR = Duration.ofSeconds(10);

    private final QueryClient queries;
    private final ConversationMembers members;
    private final CurrentMessages present;
    private final Registrations registrations;
    private final LiveSessions live;
    private final BlockPolicy blocks;
    private final Clock clock;
    private final Cache<UserId, Settings> settings = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(SETTINGS_CACHED_FOR)
            .build();

    public RecipientSelector(
            QueryClient queries,
            ConversationMembers members,
            CurrentMessages present,
            Registrations registrations,
            LiveSessions live,
            BlockPolicy blocks,
            Clock clock) {
        this.queries = queries;
        this.members = members;
        this.present = present;
        this.registrations = registrations;
        this.live = live;
        this.blocks = blocks;
        this.clock = clock;
    }

    /**
     * @param messages ascending by position
     * @throws Refused if the read side does not answer
     */
    List<Notification> decide(ConversationId conversation, List<NotifiableMessage> messages) {
        Set<UserId> candidates = members.of(messages.getLast()).stream()
                .filter(user ->
                        messages.stream().anyMatch(message -> !message.sender().equals(user)))
                .collect(Collectors.toSet());
        candidates.removeAll(live.among(candidates));
        if (candidates.isEmpty()) {
            return List.of();
        }
        Map<UserId, List<RegisteredDevice>> devices =
                registrations.of(candidates).stream().collect(Collectors.groupingBy(RegisteredDevice::user));
        List<Notification> notifications = new ArrayList<>();
        devices.forEach((user, theirs) -> notifications.addAll(decide(user, theirs, conversation, messages)));
        return notifications;
    }

    private List<Notification> decide(
            UserId user,
            List<RegisteredDevice> devices,
            ConversationId conversation,
            List<NotifiableMessage> messages) {
        Settings decided = settings.get(user, asked -> queries.ask(new FindSettings(asked), Settings.class));
        if (!decided.notifications() || isQuiet(decided.quietHours(), clock.instant())) {
            return List.of();
        }
        FindInbox.Item place = place(user, conversation);
        if (place == null || place.unread() == 0) {
            return List.of();
        }
        return newest(user, place, messages)
                .map(message -> devices.stream()
                        .map(device -> new Notification(device, message, place, decided))
                        .toList())
                .orElse(List.of());
    }

    private Optional<NotifiableMessage> newest(UserId user, FindInbox.Item place, List<NotifiableMessage> messages) {
        return messages.reversed().stream()
                .filter(message -> !message.sender().equals(user))
                .filter(message -> message.position() > place.readPosition())
                .filter(message -> !blocks.isStopped(Interaction.NOTIFY, message.sender(), user))
                // The current state: a message may have been retracted, and an edit may have changed its mentions.
                .filter(message -> present.find(user, message)
                        .filter(entry -> !place.muted() || entry.mentions().contains(user))
                        .isPresent())
                .findFirst();
    }

    /** The conversation in the user's inbox; null if the user has left. */
    private FindInbox.@Nullable Item place(UserId user, ConversationId conversation) {
        try {
            return queries.ask(new FindInbox.Place(user, conversation), FindInbox.Item.class);
        } catch (Refused refused) {
            if (refused.refusal() == Refusal.NOT_A_MEMBER || refused.refusal() == Refusal.CONVERSATION_NOT_FOUND) {
                return null;
            }
            throw refused;
        }
    }

    public static boolean isQuiet(@Nullable QuietHours hours, Instant at) {
        if (hours == null) {
            return false;
        }
        LocalTime now = LocalTime.ofInstant(at, hours.zone());
        boolean pastFrom = !now.isBefore(hours.from());
        boolean beforeTo = now.isBefore(hours.to());
        return hours.from().isAfter(hours.to()) ? pastFrom || beforeTo : pastFrom && beforeTo;
    }
}
