package chat.parley.notifications.decision;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores in the vault the newest message of which each device was notified. */
public final class NotificationMarks {
    private final JdbcClient vault;

    public NotificationMarks(DataSource vault) {
        this.vault = JdbcClient.create(vault);
    }

    /** One conversation on one device. */
    public record Place(UserId user, DeviceId device, ConversationId conversation) {}

    /** A conversation that a user has read up to a position. */
    public record Read(UserId user, ConversationId conversation) {}

    /** A place whose visible notification has been read. */
    public record Outdated(Place place, long position) {}

    /**
     * Stores the positions, at most one per place, and returns the places where the position is new. Only there a
     * notification may be sent, and only once, even after a crash.
     */
    public Set<Place> claim(Map<Place, Long> positions) {
        List<Place> places = List.copyOf(positions.keySet());
        return new HashSet<>(vault.sql("insert into vault.push_marks (user_id, device_id, conversation, position) "
                        + "select * from unnest(?, ?, ?, ?) as claimed (u, d, c, p) "
                        // The registration may have been removed in the meantime.
                        + "where exists (select from vault.push_registrations where user_id = u and device_id = d) "
                        + "on conflict (user_id, device_id, conversation) do update "
                        + "set position = excluded.position, shown = true "
                        + "where vault.push_marks.position < excluded.position "
                        + "returning user_id, device_id, conversation")
                .params(
                        texts(places.stream().map(Place::user).toList()),
                        texts(places.stream().map(Place::device).toList()),
                        texts(places.stream().map(Place::conversation).toList()),
                        places.stream().map(positions::get).toArray(Long[]::new))
                .query((row, number) -> new Place(
                        new UserId(row.getString("user_id")),
                        new DeviceId(row.getString("device_id")),
                        new ConversationId(row.getString("conversation"))))
                .list());
    }

    /** Returns the places whose visible notification was read, and marks them as withdrawn. */
    public List<Outdated> withdraw(Map<Read, Long> positions) {
        List<Read> reads = List.copyOf(positions.keySet());
        return vault.sql("update vault.push_marks m set shown = false "
                        + "from unnest(?, ?, ?) as r (u, c, p) "
                        + "where m.user_id = r.u and m.conversation = r.c and m.position <= r.p and m.shown "
                        + "returning m.user_id, m.device_id, m.conversation, m.position")
                .params(
                        texts(reads.stream().map(Read::user).toList()),
                        texts(reads.stream().map(Read::conversation).toList()),
                        reads.stream().map(positions::get).toArray(Long[]::new))
                .query((row, number) -> new Outdated(
                        new Place(
                                new UserId(row.getString("user_id")),
                                new DeviceId(row.getString("device_id")),
                                new ConversationId(row.getString("conversation"))),
                        row.getLong("position")))
                .list();
    }

    private static String[] texts(Collection<?> ids) {
        return ids.stream().map(Object::toString).toArray(String[]::new);
    }
}
