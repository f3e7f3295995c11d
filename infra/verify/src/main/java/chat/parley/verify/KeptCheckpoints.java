package chat.parley.verify;

import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tile.TileReader;
import chat.parley.transparency.tile.TileStore;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.tree.TreeHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checkpoints that somebody kept from before an archive was asked for.
 *
 * @param folder where the log's tiles are, by their paths, that an archive of few events does not have
 */
public record KeptCheckpoints(List<SignedCheckpoint> checkpoints, Optional<Path> folder) {
    private static final int TILE_BYTES = TileId.FULL * Hash.BYTES;

    public KeptCheckpoints {
        checkpoints = List.copyOf(checkpoints);
    }

    /** Requires the tree to begin with the tree of each kept checkpoint. */
    void requireContinued(TileStore archived, TreeHead tree, VerifierKey key) throws VerificationException {
        for (SignedCheckpoint kept : checkpoints) {
            SuccessionVerifier.requireSigned(kept, key);
            requireContinued(kept.checkpoint().head(), archived, tree);
        }
    }

    private void requireContinued(TreeHead then, TileStore archived, TreeHead tree) throws VerificationException {
        if (then.size() > tree.size()) {
            throw new VerificationException(
                    Finding.LOG_ROLLED_BACK,
                    "The checkpoint of the archive has " + tree.size() + " events, the kept one " + then.size()
                            + ": the log was rolled back, or the archive was asked for before the checkpoint was kept.");
        }
        TreeHead past = then.size() == tree.size() ? tree : past(then.size(), archived, tree);
        if (!past.equals(then)) {
            throw new VerificationException(
                    Finding.LOG_REWRITTEN,
                    "The first " + then.size() + " events of the log are not those of the kept checkpoint.");
        }
    }

    /** The head that the tree had at an earlier size, from tiles that are proven to be of the tree. */
    private TreeHead past(long size, TileStore archived, TreeHead tree) throws VerificationException {
        KnownTiles known = new KnownTiles(archived);
        TileReader reader = new TileReader(known, tree.size());
        try {
            if (size > 0) {
                EventReader.prove(reader, (size - 1) / TileId.FULL * TileId.FULL, tree);
            }
            return new MerkleTree(reader, size).head();
        } catch (TransparencyException broken) {
            if (known.missing.isEmpty()) {
                throw new VerificationException(
                        Finding.TREE_ALTERED,
                        "The tiles of the first " + size + " events do not lead to the checkpoint.",
                        broken);
            }
            throw new VerificationException(
                    Finding.CONSISTENCY_UNPROVEN,
                    "To compare the archive with the kept checkpoint of " + size
                            + " events, put what the log serves at these paths below /transparency/ into the folder of"
                            + " --tiles, by the same paths: "
                            + known.missing.stream().map(TileId::path).collect(Collectors.joining(", "))
                            + ". A tile that has become full is served without .p and what follows.",
                    broken);
        }
    }

    /** Has zeros for a missing tile, so that one reading finds all that are missing; no zeros lead to a signed root. */
    private final class KnownTiles implements ReadOnlyTiles {
        private final TileStore archived;
        private final Set<TileId> missing = new LinkedHashSet<>();

        KnownTiles(TileStore archived) {
            this.archived = archived;
        }

        @Override
        public Optional<byte[]> read(TileId id) {
            Optional<byte[]> found = find(id);
            if (found.isPresent() || find(id.whole()).isPresent()) {
                return found;
            }
            missing.add(id);
            return Optional.of(new byte[id.width() * Hash.BYTES]);
        }

        private Optional<byte[]> find(TileId id) {
            return archived.read(id).or(() -> folder.flatMap(directory -> file(directory.resolve(id.path()))));
        }

        private static Optional<byte[]> file(Path path) {
            try (InputStream in = Files.newInputStream(path)) {
                return Optional.of(in.readNBytes(TILE_BYTES + 1));
            } catch (NoSuchFileException missing) {
                return Optional.empty();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
