package chat.parley.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.audit.log.witness.CheckpointStore;
import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.entry.EpochEntry;
import chat.parley.transparency.entry.Salt;
import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tile.TileStore;
import chat.parley.transparency.tree.Hash;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log in the vault's database. A tile is one row, of which each narrower partial tile is a prefix. */
final class LogTables implements TileStore, CheckpointStore {
    /** Salts per row, as many as leaves in a tile. */
    static final int BLOCK = TileId.FULL;

    private static final byte[] SHREDDED = new byte[Salt.BYTES];

    /** Refuses to change hashes: a stored tile is a prefix of what replaces it, or the other way round. */
    private static final String STORE_TILE = "INSERT INTO vault.log_tiles AS stored (level, tile, hashes)"
            + " VALUES (:level, :tile, :hashes) ON CONFLICT (level, tile) DO UPDATE SET hashes ="
            + " CASE WHEN length(stored.hashes) > length(EXCLUDED.hashes) THEN stored.hashes ELSE EXCLUDED.hashes END"
            + " WHERE substring(stored.hashes FOR least(length(stored.hashes), length(EXCLUDED.hashes)))"
            + " = substring(EXCLUDED.hashes FOR least(length(stored.hashes), length(EXCLUDED.hashes)))";

    private final JdbcClient jdbc;

    LogTables(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public Optional<byte[]> read(TileId id) {
        return beginning(
                id,
                jdbc.sql("SELECT hashes FROM vault.log_tiles WHERE level = :level AND tile = :tile")
                        .param("level", id.level())
                        .param("tile", id.index()));
    }

    private static Optional<byte[]> beginning(TileId id, JdbcClient.StatementSpec query) {
        int bytes = id.width() * Hash.BYTES;
        return query.query((row, number) -> row.getBytes("hashes"))
                .optional()
                .filter(hashes -> hashes.length >= bytes)
                .map(hashes -> Arrays.copyOf(hashes, bytes));
    }

    /** The tile of a log that was continued. */
    Optional<byte[]> readPast(String origin, TileId id) {
        return beginning(
                id,
                jdbc.sql("SELECT hashes FROM vault.log_past_tiles"
                                + " WHERE origin = :origin AND level = :level AND tile = :tile")
                        .param("origin", origin)
                        .param("level", id.level())
                        .param("tile", id.index()));
    }

    @Override
    public void write(Map<TileId, byte[]> contents) {
        contents.forEach((id, hashes) -> {
            int stored = jdbc.sql(STORE_TILE)
                    .param("level", id.level())
                    .param("tile", id.index())
                    .param("hashes", hashes)
                    .update();
            if (stored == 0) {
                throw new TransparencyException(Reason.TILE_CONFLICT, id + " is stored with other hashes.");
            }
        });
    }

    /** The full tile has taken their row. */
    @Override
    public void deletePartials(TileId full) {}

    /** The salts of one block, as many as are stored. */
    byte[] salts(long block) {
        return jdbc.sql("SELECT salts FROM vault.log_salts WHERE block = :block")
                .param("block", block)
                .query((row, number) -> row.getBytes("salts"))
                .optional()
                .orElse(new byte[0]);
    }

    /** The salt of an event of the log; empty if it was shredded. */
    Optional<Salt> salt(long index) {
        return saltIn(salts(index / BLOCK), index);
    }

    static Optional<Salt> saltIn(byte[] block, long index) {
        int start = (int) (index % BLOCK) * Salt.BYTES;
        if (block.length < start + Salt.BYTES) {
            throw new TransparencyException(Reason.OUT_OF_RANGE, "The log has no salt of event " + index + ".");
        }
        byte[] salt = Arrays.copyOfRange(block, start, start + Salt.BYTES);
        return Arrays.equals(salt, SHREDDED) ? Optional.empty() : Optional.of(Salt.of(salt));
    }

    /** Overwrites the salts of these events of one block. */
    void shred(long block, Collection<Long> indexes) {
        byte[] salts = jdbc.sql("SELECT salts FROM vault.log_salts WHERE block = :block FOR UPDATE")
                .param("block", block)
                .query((row, number) -> row.getBytes("salts"))
                .single();
        for (long index : indexes) {
            int start = (int) (index % BLOCK) * Salt.BYTES;
            Arrays.fill(salts, start, start + Salt.BYTES, (byte) 0);
        }
        jdbc.sql("UPDATE vault.log_salts SET salts = :salts WHERE block = :block")
                .param("block", block)
                .param("salts", salts)
                .update();
    }

    void appendSalts(long block, byte[] more) {
        jdbc.sql("INSERT INTO vault.log_salts AS stored (block, salts) VALUES (:block, :salts)"
                        + " ON CONFLICT (block) DO UPDATE SET salts = stored.salts || EXCLUDED.salts")
                .param("block", block)
                .param("salts", more)
                .update();
    }

    /** The newest checkpoint; locks it until the transaction ends. */
    Optional<SignedCheckpoint> lockCheckpoint() {
        return checkpoint(" FOR UPDATE");
    }

    @Override
    public Optional<SignedCheckpoint> checkpoint() {
        return checkpoint("");
    }

    private Optional<SignedCheckpoint> checkpoint(String suffix) {
        return checkpointFrom("vault.log_checkpoint" + suffix);
    }

    private Optional<SignedCheckpoint> checkpointFrom(String table) {
        return jdbc.sql("SELECT checkpoint FROM " + table)
                .query(String.class)
                .optional()
                .map(text -> SignedCheckpoint.parse(text.getBytes(UTF_8)));
    }

    @Override
    public Optional<SignedCheckpoint> cosigned() {
        return checkpointFrom("vault.log_cosigned");
    }

    @Override
    public void storeCosigned(SignedCheckpoint cosigned) {
        jdbc.sql("INSERT INTO vault.log_cosigned (checkpoint) VALUES (:checkpoint)"
                        + " ON CONFLICT (only_row) DO UPDATE SET checkpoint = EXCLUDED.checkpoint")
                .param("checkpoint", cosigned.toString())
                .update();
    }

    /** The newest head of the log that this one continues. */
    Optional<SignedCheckpoint> predecessor(String origin) {
        return jdbc.sql("SELECT checkpoint FROM vault.log_predecessors WHERE origin = :origin")
                .param("origin", origin)
                .query(String.class)
                .optional()
                .map(text -> SignedCheckpoint.parse(text.getBytes(UTF_8)));
    }

    /** The first entry of a log that continues another one; empty before its first event. */
    Optional<EpochEntry> epoch(String origin) {
        return jdbc.sql("SELECT checkpoint, first_record FROM vault.log_predecessors"
                        + " WHERE origin = :origin AND first_record IS NOT NULL")
                .param("origin", origin)
                .query((row, number) -> new EpochEntry(
                        SignedCheckpoint.parse(row.getString("checkpoint").getBytes(UTF_8))
                                .checkpoint(),
                        Hash.of(row.getBytes("first_record"))))
                .optional();
    }

    void storeFirstRecord(String origin, Hash first) {
        jdbc.sql("UPDATE vault.log_predecessors SET first_record = :first WHERE origin = :origin")
                .param("origin", origin)
                .param("first", first.toBytes())
                .update();
    }

    /** Empties the tables for a log that continues another one, and puts the tiles of that one aside. */
    void succeed(String origin, SignedCheckpoint head) {
        jdbc.sql("INSERT INTO vault.log_predecessors (origin, checkpoint) VALUES (:origin, :checkpoint)")
                .param("origin", origin)
                .param("checkpoint", head.toString())
                .update();
        jdbc.sql("INSERT INTO vault.log_past_tiles (origin, level, tile, hashes)"
                        + " SELECT :origin, level, tile, hashes FROM vault.log_tiles")
                .param("origin", head.checkpoint().origin())
                .update();
        for (String table : List.of("log_tiles", "log_salts", "log_checkpoint", "log_cosigned")) {
            jdbc.sql("DELETE FROM vault." + table).update();
        }
    }

    void storeCheckpoint(SignedCheckpoint signed, Instant at) {
        jdbc.sql("INSERT INTO vault.log_checkpoint (size, checkpoint, signed_at) VALUES (:size, :checkpoint, :at)"
                        + " ON CONFLICT (only_row) DO UPDATE SET size = EXCLUDED.size,"
                        + " checkpoint = EXCLUDED.checkpoint, signed_at = EXCLUDED.signed_at")
                .param("size", signed.checkpoint().head().size())
                .param("checkpoint", signed.toString())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
