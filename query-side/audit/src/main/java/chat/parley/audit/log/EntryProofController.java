package chat.parley.audit.log;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.web.RequestParameters;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Gives people the proof of the entries that they may read. */
@Tag(name = "Transparency")
@RestController
final class EntryProofController {
    static final String PROOF = "application/vnd.c2sp.tlog-proof";

    private final EntryFinder entries;
    private final EventProofs proofs;

    EntryProofController(EntryFinder entries, EventProofs proofs) {
        this.entries = entries;
        this.proofs = proofs;
    }

    /** Asks the read side, which applies the rule of visibility. */
    @FunctionalInterface
    interface EntryFinder {
        Entries find(FindEntries query);
    }

    @Operation(
            summary = "Read the proof that an entry is in the transparency log",
            description =
                    "Answers a file of C2SP's tlog-proof for an entry that the caller may read. Its extra data is the"
                            + " record whose hash is the leaf: index, ids, time, and hashes of what is stored. Waits until a"
                            + " checkpoint covers the entry, usually a second.")
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.NOT_A_MEMBER,
        Refusal.POSITION_NOT_FOUND,
        Refusal.NOT_LOGGED_YET
    })
    @GetMapping(path = "/api/v1/conversations/{conversation}/entries/{position}/proof", produces = PROOF)
    ResponseEntity<byte[]> proof(
            @PathVariable String conversation, @PathVariable long position, @AuthenticationPrincipal Jwt token) {
        RequestParameters.require(position >= 1);
        FindEntries query = new FindEntries(
                AuthenticatedUser.of(token).user(),
                new ConversationId(conversation),
                position - 1,
                null,
                null,
                1,
                position);
        RecordedEntry entry = entries.find(query).entries().stream()
                .filter(found -> found.position() == position)
                .findFirst()
                .orElseThrow(() -> new Refused(Refusal.POSITION_NOT_FOUND));
        return proofFile(proofs.of(entry.index()).toBytes(), conversation + "-" + position);
    }

    static ResponseEntity<byte[]> proofFile(byte[] proof, String name) {
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + ".tlog-proof")
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(proof);
    }
}
