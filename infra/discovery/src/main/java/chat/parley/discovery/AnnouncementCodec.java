package chat.parley.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import java.security.MessageDigest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads the entries of the registry: a keyed hash in ASCII, a line feed, and JSON. Only nodes of this cluster
 * have the key, and the hash covers the node's name and the ZooKeeper session, so that nobody else can add an entry or
 * bring back a former one.
 */
final class AnnouncementCodec {
    private static final int MAX_BYTES = 4096;

    private final KeyedHash hash;
    private final JsonMapper json = new JsonMapper();

    AnnouncementCodec(KeyedHash hash) {
        this.hash = hash;
    }

    byte[] encode(String node, Announcement announcement) {
        String body = json.writeValueAsString(announcement);
        return (signature(node, body) + "\n" + body).getBytes(UTF_8);
    }

    /**
     * @param owner the ZooKeeper session that the entry belongs to
     * @throws IllegalArgumentException if no node of this cluster has written this entry in this session; the message
     *     says why
     */
    Announcement decode(String node, long owner, byte[] data) {
        String text = data.length > MAX_BYTES ? "" : new String(data, UTF_8);
        int end = text.indexOf('\n');
        String body = text.substring(end + 1);
        if (end < 0
                || !MessageDigest.isEqual(
                        text.substring(0, end).getBytes(UTF_8),
                        signature(node, body).getBytes(UTF_8))) {
            throw new IllegalArgumentException("it was not written by a node of this cluster");
        }
        Announcement announcement;
        try {
            announcement = json.readValue(body, Announcement.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("this version cannot read it", e);
        }
        if (announcement.session() != owner) {
            throw new IllegalArgumentException("it belongs to another ZooKeeper session");
        }
        return announcement;
    }

    private String signature(String node, String body) {
        return hash.of(Purpose.GATEWAY, node + "\n" + body);
    }
}
