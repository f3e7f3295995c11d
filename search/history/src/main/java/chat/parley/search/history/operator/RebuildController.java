package chat.parley.search.history.operator;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.audit.AuditAction;
import chat.parley.eventprocessing.generation.RebuildReport;
import chat.parley.eventprocessing.generation.RebuildState;
import chat.parley.search.history.generation.RebuildProgress;
import chat.parley.search.history.generation.Rebuilds;
import chat.parley.web.progress.ProgressFollowers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Making the index anew while the present one is searched; for admins and auditors. The audit side's rebuilds, which serve
 * every read model, are the same with less detail about the index.
 */
@RestController
@RequestMapping("/api/v1/search/rebuilds")
public final class RebuildController {
    /** More do not look after one index. */
    private static final int MAX_FOLLOWERS = 32;

    private final Rebuilds rebuilds;
    private final ProgressFollowers followers = new ProgressFollowers(MAX_FOLLOWERS);
    private final OperatorAccess access;

    public RebuildController(Rebuilds rebuilds, OperatorAccess access) {
        this.rebuilds = rebuilds;
        this.access = access;
    }

    @Operation(
            summary = "Rebuild the search index",
            description = "Fills a new generation of the index while the present one is searched, and answers the"
                    + " progress. One rebuild runs at a time. Needs the role `admin` or `auditor`, and is recorded with the"
                    + " reason first.")
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.RETRY_LATER,
        Refusal.REBUILD_RUNNING,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE
    })
    RebuildProgress begin(
            @Parameter(description = "One line of at most 500 characters", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @Nullable Authentication caller,
            HttpServletRequest request) {
        access.record(caller, AuditAction.REBUILD, null, reason, request);
        RebuildReport _ = rebuilds.begin();
        return rebuilds.progress();
    }

    @Operation(
            summary = "Read the progress of the rebuild",
            description =
                    "Answers the state of the present or the latest rebuild. Needs the role `admin` or" + " `auditor`.")
    @GetMapping(path = "/current", produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Refusal.FORBIDDEN, Refusal.SEARCH_OFF, Refusal.SEARCH_STARTING, Refusal.SEARCH_UNAVAILABLE})
    RebuildProgress current(@Nullable Authentication caller) {
        OperatorAccess.require(caller);
        return rebuilds.progress();
    }

    /** The progress again and again, until the rebuild has ended. */
    @Operation(
            summary = "Follow the progress of the rebuild",
            description = "Answers server-sent events until the rebuild has ended. The number of followers is"
                    + " limited. Needs the role `admin` or `auditor`.")
    @GetMapping(path = "/current", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.LIMIT_EXCEEDED,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE
    })
    SseEmitter watch(@Nullable Authentication caller) {
        OperatorAccess.require(caller);
        return followers.follow(rebuilds::progress, progress -> progress.state() != RebuildState.FILLING);
    }

    @Operation(
            summary = "Cancel the rebuild",
            description =
                    "Deletes the new generation; the present one stays. Needs the role `admin` or `auditor`, and is"
                            + " recorded with the reason first.")
    @DeleteMapping("/current")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.RETRY_LATER,
        Refusal.NOT_FOUND,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE
    })
    void giveUp(
            @Parameter(description = "One line of at most 500 characters", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @Nullable Authentication caller,
            HttpServletRequest request) {
        access.record(caller, AuditAction.REBUILD, null, reason, request);
        rebuilds.cancel();
    }
}
