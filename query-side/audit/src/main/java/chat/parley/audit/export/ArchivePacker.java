package chat.parley.audit.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.audit.event.EventRange;
import chat.parley.audit.log.EventProofs;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.proof.LogProof;
import chat.parley.verify.ArchiveNames;
import chat.parley.verify.ArchiveWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Puts files, proofs and a signed manifest into an archive. */
final class ArchivePacker {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final EventProofs proofs;

    ArchivePacker(EventProofs proofs) {
        this.proofs = proofs;
    }

    /**
     * What an archive has.
     *
     * @param readme    the name of the resource that explains it
     * @param selection as the manifest names it
     * @param events    number of events
     * @param leafTiles the tiles of their leaves
     */
    record Content(
            String readme,
            EventRange range,
            String selection,
            long events,
            SortedSet<Long> leafTiles,
            Map<String, Path> files) {}

    void pack(Path archive, SignedCheckpoint checkpoint, Content content) throws IOException {
        SigningKey key = proofs.signingKey();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), BUFFER_BYTES);
                ArchiveWriter writer = new ArchiveWriter(out)) {
            writer.add(ArchiveNames.README, resource(content.readme()));
            writer.add(ArchiveNames.KEY, (key.verifier() + "\n").getBytes(UTF_8));
            writer.add(ArchiveNames.CHECKPOINT, checkpoint.toBytes());
            Optional<LogProof> predecessor = proofs.predecessor(checkpoint);
            if (predecessor.isPresent()) {
                writer.add(ArchiveNames.PREDECESSOR, predecessor.get().toBytes());
            }
            for (Map.Entry<String, Path> file : content.files().entrySet()) {
                writer.add(file.getKey(), file.getValue());
            }
            writer.addTiles(proofs.tiles(), checkpoint.checkpoint().head(), content.leafTiles());
            writer.finish(
                    key.verifier().name(),
                    content.range().after() + 1,
                    content.range().through(),
                    content.selection(),
                    content.events(),
                    key);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ArchivePacker.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The text " + name + " is not in this build");
            }
            return in.readAllBytes();
        }
    }
}
