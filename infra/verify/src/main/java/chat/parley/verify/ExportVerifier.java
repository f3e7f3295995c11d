package chat.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.entry.EpochEntry;
import chat.parley.transparency.note.Note;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.policy.Policy;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tile.TileStore;
import chat.parley.transparency.tree.TreeHead;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an archive in one pass over the file: the events while they are read, then the tiles, the checkpoint and the
 * manifest. Needs 40 bytes of memory for each event.
 */
public final class ExportVerifier {
    private static final int MAX_SMALL_ENTRY = 1024 * 1024;
    private static final int MAX_TILES = 2_000_000;

    private final Trust trust;
    private final Progress progress;

    private @Nullable VerifierKey key;
    private @Nullable SignedCheckpoint checkpoint;
    private byte @Nullable [] predecessor;
    private @Nullable EpochEntry epoch;
    private @Nullable EventReader events;
    private byte @Nullable [] manifest;
    private final Map<TileId, byte[]> tiles = new HashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final TilesDigest tilesDigest = new TilesDigest();

    private ExportVerifier(Trust trust, Progress progress) {
        this.trust = trust;
        this.progress = progress;
    }

    /**
     * What the verifier trusts beforehand.
     *
     * @param key    the log's key as its operator publishes it; the archive's own key if there is none
     * @param policy the log and the witnesses that must have cosigned, if that is asked for
     * @param kept   what the log had signed before the archive was asked for
     */
    public record Trust(Optional<VerifierKey> key, Optional<Policy> policy, KeptCheckpoints kept) {
        public Trust(Optional<VerifierKey> key, Optional<Policy> policy) {
            this(key, policy, new KeptCheckpoints(List.of(), Optional.empty()));
        }
    }

    /** Is told how far the verification is. */
    @FunctionalInterface
    public interface Progress {
        void read(long bytes, long ofBytes, long events);
    }

    /**
     * What an archive proves.
     *
     * @param erased    events whose salt was shredded: their place is in the log, but their content is not provable
     * @param continues the last head of the log before, if the log continues one
     */
    public record Verified(
            Manifest manifest,
            SignedCheckpoint checkpoint,
            VerifierKey key,
            long erased,
            Optional<Checkpoint> continues) {}

    /** @throws VerificationException if anything is not as it was exported */
    public static Verified verify(Path archive, Trust trust, Progress progress)
            throws IOException, VerificationException {
        return new ExportVerifier(trust, progress).verify(archive);
    }

    private Verified verify(Path archive) throws IOException, VerificationException {
        long size = Files.size(archive);
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                CountingInputStream counted = new CountingInputStream(
                        file, bytes -> progress.read(bytes, size, events == null ? 0 : events.count()));
                ZipInputStream zip = new ZipInputStream(counted, UTF_8);
                CanonicalZip expected = new CanonicalZip(archive)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                read(entry, zip, expected);
            }
            expected.requireEnd();
        } catch (ZipException | EOFException | IllegalArgumentException malformed) {
            throw new VerificationException(
                    Finding.ARCHIVE_ALTERED,
                    "The file is no zip file as it was exported: "
                            + (malformed.getMessage() == null ? "it ends early." : malformed.getMessage()),
                    malformed);
        }
        return conclude();
    }

    private void read(ZipEntry entry, ZipInputStream zip, CanonicalZip expected)
            throws IOException, VerificationException {
        String name = entry.getName();
        if (manifest != null) {
            throw new VerificationException(Finding.ENTRY_UNEXPECTED, "The entry " + name + " is after the manifest.");
        }
        if (files.containsKey(name)) {
            throw new VerificationException(Finding.ENTRY_UNEXPECTED, "The entry " + name + " is there twice.");
        }
        HashingInputStream content = new HashingInputStream(expected.copying(entry, zip));
        switch (name) {
            case ArchiveNames.README -> content.readAllBytes(MAX_SMALL_ENTRY, name);
            case ArchiveNames.KEY ->
                key = parse(
                        Finding.KEY_UNTRUSTED,
                        name,
                        content,
                        text -> VerifierKey.parse(new String(text, UTF_8).strip()));
            case ArchiveNames.CHECKPOINT ->
                checkpoint = parse(Finding.CHECKPOINT_ALTERED, name, content, SignedCheckpoint::parse);
            case ArchiveNames.PREDECESSOR -> {
                if (events != null || key == null) {
                    throw new VerificationException(
                            Finding.ENTRY_UNEXPECTED, "The entry " + name + " is not between the key and the events.");
                }
                predecessor = content.readAllBytes(MAX_SMALL_ENTRY, name);
                epoch = SuccessionVerifier.verify(predecessor, key);
            }
            case ArchiveNames.EVENTS -> {
                events = new EventReader(epoch);
                events.readAll(content);
            }
            case ArchiveNames.DATA, ArchiveNames.RSMF, ArchiveNames.EML, ArchiveNames.SLACK ->
                content.transferTo(OutputStream.nullOutputStream());
            case ArchiveNames.MANIFEST -> manifest = content.readAllBytes(MAX_SMALL_ENTRY, name);
            default -> tile(name, content);
        }
        expected.endEntry();
        String sha256 = HexFormat.of().formatHex(content.sha256());
        if (name.startsWith(ArchiveNames.TILES)) {
            tilesDigest.add(name, sha256);
        } else if (!name.equals(ArchiveNames.MANIFEST)) {
            files.put(name, sha256);
        }
    }

    private void tile(String name, HashingInputStream content) throws IOException, VerificationException {
        try {
            TileId id = TileId.parse(name);
            if (tiles.size() >= MAX_TILES) {
                throw new VerificationException(Finding.ENTRY_UNEXPECTED, "The archive has an entry " + name + ".");
            }
            if (tiles.put(id, content.readAllBytes(MAX_SMALL_ENTRY, name)) != null) {
                throw new VerificationException(Finding.ENTRY_UNEXPECTED, "The entry " + name + " is there twice.");
            }
        } catch (TransparencyException noTile) {
            throw new VerificationException(
                    Finding.ENTRY_UNEXPECTED, "The archive has an entry of an unknown name.", noTile);
        }
    }

    private interface Parser<T> {
        T parse(byte[] content);
    }

    private static <T> T parse(Finding finding, String name, HashingInputStream content, Parser<T> parser)
            throws IOException, VerificationException {
        try {
            return parser.parse(content.readAllBytes(MAX_SMALL_ENTRY, name));
        } catch (TransparencyException malformed) {
            throw new VerificationException(finding, name + ": " + malformed.getMessage(), malformed);
        }
    }

    private Verified conclude() throws VerificationException {
        VerifierKey signer = trustedKey(required(key, ArchiveNames.KEY));
        Manifest signed = manifest(required(manifest, ArchiveNames.MANIFEST), signer);
        requireFiles(signed);
        SignedCheckpoint head = checkpoint(required(checkpoint, ArchiveNames.CHECKPOINT), signed, signer);
        EventReader read = required(events, ArchiveNames.EVENTS);
        TreeHead tree = head.checkpoint().head();
        read.requireRange(signed, tree.size());
        TileStore archived = new ArchivedTiles(tiles);
        read.requireInTree(archived, tree);
        requireOf(head);
        trust.kept().requireContinued(archived, tree, signer);
        return new Verified(
                signed, head, signer, read.erased(), Optional.ofNullable(epoch).map(EpochEntry::predecessor));
    }

    /** The proof of the log before is under the checkpoint of the events. */
    private void requireOf(SignedCheckpoint head) throws VerificationException {
        if (predecessor != null
                && !LogProof.parse(predecessor).checkpoint().checkpoint().equals(head.checkpoint())) {
            throw new VerificationException(
                    Finding.PREDECESSOR_ALTERED, "The proof of the log before is under another checkpoint.");
        }
    }

    private static <T> T required(@Nullable T part, String name) throws VerificationException {
        if (part == null) {
            throw new VerificationException(Finding.ENTRY_MISSING, "The archive has no entry " + name + ".");
        }
        return part;
    }

    private VerifierKey trustedKey(VerifierKey included) throws VerificationException {
        if (trust.key().isPresent() && !trust.key().get().equals(included)) {
            throw new VerificationException(
                    Finding.KEY_UNTRUSTED, "The archive has the key " + included + ", which is not the trusted one.");
        }
        return included;
    }

    private static Manifest manifest(byte[] content, VerifierKey signer) throws VerificationException {
        try {
            Note note = Note.parse(content);
            if (note.signatures().size() != 1) {
                throw new VerificationException(
                        Finding.MANIFEST_ALTERED, "The manifest has another number of signatures than one.");
            }
            note.requireSignedBy(signer);
            Manifest manifest = Manifest.parse(note.text());
            if (!manifest.origin().equals(signer.name())) {
                throw new VerificationException(Finding.MANIFEST_ALTERED, "The manifest is of another log.");
            }
            return manifest;
        } catch (TransparencyException altered) {
            throw new VerificationException(Finding.MANIFEST_ALTERED, "manifest: " + altered.getMessage(), altered);
        }
    }

    private void requireFiles(Manifest signed) throws VerificationException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            String expected = signed.files().get(file.getKey());
            if (expected == null) {
                throw new VerificationException(
                        Finding.ENTRY_UNEXPECTED, "The manifest does not name the entry " + file.getKey() + ".");
            }
            if (!expected.equals(file.getValue())) {
                throw new VerificationException(
                        Finding.ENTRY_ALTERED, "The entry " + file.getKey() + " is not the one that was exported.");
            }
        }
        for (String name : signed.files().keySet()) {
            if (!files.containsKey(name)) {
                throw new VerificationException(Finding.ENTRY_MISSING, "The archive has no entry " + name + ".");
            }
        }
        requireTiles(signed.tiles());
        if (!String.join("\n", signed.files().keySet()).equals(String.join("\n", files.keySet()))) {
            throw new VerificationException(Finding.ARCHIVE_ALTERED, "The entries are in another order.");
        }
    }

    private void requireTiles(Manifest.Tiles signed) throws VerificationException {
        Manifest.Tiles read = tilesDigest.tiles();
        if (read.count() != signed.count()) {
            throw new VerificationException(
                    read.count() < signed.count() ? Finding.ENTRY_MISSING : Finding.ENTRY_UNEXPECTED,
                    "The archive has " + read.count() + " tiles, and the manifest names " + signed.count() + ".");
        }
        if (!read.sha256().equals(signed.sha256())) {
            throw new VerificationException(
                    Finding.ENTRY_ALTERED, "A tile is not the one that was exported, or the tiles were reordered.");
        }
    }

    private SignedCheckpoint checkpoint(SignedCheckpoint signed, Manifest of, VerifierKey signer)
            throws VerificationException {
        try {
            if (signed.by(signer).isEmpty() || !signed.checkpoint().origin().equals(of.origin())) {
                throw new VerificationException(
                        Finding.CHECKPOINT_ALTERED, "The checkpoint is not signed by the key of this log.");
            }
        } catch (TransparencyException altered) {
            throw new VerificationException(Finding.CHECKPOINT_ALTERED, "checkpoint: " + altered.getMessage(), altered);
        }
        if (trust.policy().isPresent()) {
            try {
                trust.policy().get().verify(signed);
            } catch (TransparencyException missed) {
                throw new VerificationException(
                        Finding.COSIGNATURE_INVALID, "checkpoint: " + missed.getMessage(), missed);
            }
        }
        return signed;
    }
}
