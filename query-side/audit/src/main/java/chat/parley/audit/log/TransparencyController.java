package chat.parley.audit.log;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.audit.log.witness.Cosigning;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.witness.AddCheckpointRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the log to everybody, as C2SP's tlog-tiles describes. */
@Tag(name = "Transparency")
@RestController
@RequestMapping(TransparencyController.PREFIX)
final class TransparencyController {
    static final String PREFIX = "/transparency";

    private static final Duration FOREVER = Duration.ofDays(365);

    private final TransparencyLog log;
    private final Cosigning cosigning;
    private final LogTables tables;
    private final EventProofs proofs;

    TransparencyController(TransparencyLog log, Cosigning cosigning, LogTables tables, EventProofs proofs) {
        this.log = log;
        this.cosigning = cosigning;
        this.tables = tables;
        this.proofs = proofs;
    }

    @Operation(
            summary = "Read the newest checkpoint of the transparency log",
            description =
                    "Needs no login. Answers a signed note of C2SP's tlog-checkpoint: the log's name, the number of"
                            + " events, the root of their Merkle tree, and signatures.")
    @Refuses(Refusal.NOT_LOGGED_YET)
    @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<byte[]> checkpoint() {
        return answer(newest());
    }

    private SignedCheckpoint newest() {
        return log.newest().orElseThrow(() -> new Refused(Refusal.NOT_LOGGED_YET));
    }

    @Operation(
            summary = "Read the proof of the log before",
            description =
                    "Needs no login. Answers, for a log that was begun by a migration or a restore, a file of C2SP's"
                            + " tlog-proof for the first leaf. Its extra data is the entry that the leaf is the hash of;"
                            + " it has the last checkpoint of the log before.")
    @Refuses({Refusal.NOT_LOGGED_YET, Refusal.PREDECESSOR_NOT_FOUND})
    @GetMapping(path = "/predecessor", produces = EntryProofController.PROOF)
    ResponseEntity<byte[]> predecessor() {
        LogProof proof = proofs.predecessor(newest()).orElseThrow(() -> new Refused(Refusal.PREDECESSOR_NOT_FOUND));
        return EntryProofController.proofFile(proof.toBytes(), "predecessor");
    }

    @Operation(
            summary = "Compare a checkpoint of the log before with its last one",
            description =
                    "Needs no login. Answers, in the format of a request of C2SP's tlog-witness, the hashes that lead"
                            + " from the first `from` events of the log before to its last checkpoint, and that checkpoint"
                            + " with its signature.")
    @Refuses({Refusal.INVALID_PARAMETER, Refusal.PREDECESSOR_NOT_FOUND, Refusal.TILE_NOT_FOUND})
    @GetMapping(path = "/predecessor/consistency", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<byte[]> consistency(
            @Parameter(description = "The number of events of a checkpoint of the log before") @RequestParam
                    long from) {
        AddCheckpointRequest answer =
                proofs.consistency(from).orElseThrow(() -> new Refused(Refusal.PREDECESSOR_NOT_FOUND));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/plain;charset=utf-8"))
                .body(answer.toBytes());
    }

    @Operation(
            summary = "Read the newest checkpoint that enough witnesses have cosigned",
            description =
                    "Needs no login. Answers a checkpoint with the cosignatures of C2SP's tlog-cosignature. It may be"
                            + " older than the newest checkpoint.")
    @Refuses(Refusal.NOT_COSIGNED)
    @GetMapping(path = "/cosigned", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<byte[]> cosigned() {
        return answer(cosigning.newest().orElseThrow(() -> new Refused(Refusal.NOT_COSIGNED)));
    }

    private static ResponseEntity<byte[]> answer(SignedCheckpoint checkpoint) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(MediaType.parseMediaType("text/plain;charset=utf-8"))
                .body(checkpoint.toBytes());
    }

    @Operation(
            summary = "Read the public key of the transparency log",
            description = "Needs no login. Answers one line: the verifier key of C2SP's signed-note.")
    @Refuses(Refusal.NOT_LOGGED_YET)
    @GetMapping(path = "/key", produces = MediaType.TEXT_PLAIN_VALUE)
    String key() {
        return log.verifier().orElseThrow(() -> new Refused(Refusal.NOT_LOGGED_YET)) + "\n";
    }

    @Operation(
            summary = "Read a tile of the transparency log",
            description = "Needs no login. Answers up to 256 hashes of 32 bytes. The path is that of C2SP's tlog-tiles,"
                    + " such as `tile/0/x001/234` or `tile/1/000.p/17`. Entries are not served, because they name"
                    + " conversations and people.")
    @Refuses(Refusal.TILE_NOT_FOUND)
    @GetMapping(path = "/tile/**", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<byte[]> tile(HttpServletRequest request) {
        TileId id = parse(request.getRequestURI().substring(PREFIX.length() + 1));
        byte[] hashes = tables.read(id).orElseThrow(() -> new Refused(Refusal.TILE_NOT_FOUND));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FOREVER).cachePublic().immutable())
                .body(hashes);
    }

    private static TileId parse(String path) {
        try {
            return TileId.parse(path);
        } catch (TransparencyException noTile) {
            throw new Refused(Refusal.TILE_NOT_FOUND);
        }
    }
}
