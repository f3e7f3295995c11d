package chat.parley.audit.rebuild;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.audit.AuditAction;
import chat.parley.audit.access.AuditAccess;
import chat.parley.eventprocessing.generation.RebuildReport;
import chat.parley.eventprocessing.generation.RebuildTarget;
import chat.parley.web.progress.ProgressFollowers;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Rebuilds read models for admins and auditors. */
@Tag(name = "Audit")
@RestController
@RequestMapping("/api/v1/audit/rebuilds")
final class RebuildsController {
    /** More do not look after one server; each holds a connection. */
    private static final int MAX_FOLLOWERS = 32;

    private final List<RebuildTarget> targets;
    private final AuditAccess access;
    private final ProgressFollowers followers = new ProgressFollowers(MAX_FOLLOWERS);

    RebuildsController(List<RebuildTarget> targets, AuditAccess access) {
        this.targets = List.copyOf(targets);
        this.access = access;
    }

    /**
     * @param target name of the read model
     * @param reason one line of at most 500 characters
     */
    record Rebuild(@Nullable String target, @Nullable String reason) {}

    @Operation(
            summary = "Rebuild a read model",
            description = "Needs the role `auditor` or `admin` and a `reason`; it is recorded before it begins. The"
                    + " targets are `read-model` (conversations, inboxes, accounts, contacts, presence) and `search`. A new"
                    + " generation is filled from the first event on while the present one is served. Once it has caught up,"
                    + " both are counted, and the new one is served if its counts are right. A rebuild survives restarts. One"
                    + " runs at a time for each target.")
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_PARAMETER,
        Refusal.REBUILD_RUNNING,
        Refusal.RETRY_LATER,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE
    })
    RebuildReport begin(@RequestBody Rebuild wanted, @AuthenticationPrincipal Jwt token, HttpServletRequest request) {
        AuthenticatedUser _ = AuditAccess.requireOperator(token);
        RebuildTarget target = target(wanted.target());
        access.recordOperation(token, AuditAction.REBUILD, wanted.reason(), "target=" + target.name(), request);
        return target.begin();
    }

    @Operation(
            summary = "Read the progress of a rebuild",
            description =
                    "Needs the role `auditor` or `admin`. Answers the rebuild in progress, or the outcome of the last"
                            + " one: percent, events per second, seconds left, the counts of both generations and every difference"
                            + " between them.")
    @GetMapping(path = "/{target}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.INVALID_PARAMETER,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE
    })
    RebuildReport report(@PathVariable String target, @AuthenticationPrincipal Jwt token) {
        AuthenticatedUser _ = AuditAccess.requireOperator(token);
        return target(target).report();
    }

    @Operation(
            summary = "Follow the progress of a rebuild",
            description =
                    "Needs the role `auditor` or `admin`. Answers one event `progress` a second until the rebuild has"
                            + " ended. The number of followers is limited.")
    @GetMapping(path = "/{target}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.INVALID_PARAMETER,
        Refusal.LIMIT_EXCEEDED,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE
    })
    SseEmitter follow(@PathVariable String target, @AuthenticationPrincipal Jwt token) {
        AuthenticatedUser _ = AuditAccess.requireOperator(token);
        return followers.follow(target(target)::report, RebuildReport::isOver);
    }

    @Operation(
            summary = "Cancel a rebuild",
            description =
                    "Needs the role `auditor` or `admin` and a `reason`; it is recorded first. The new generation is"
                            + " removed; the present one stays.")
    @DeleteMapping("/{target}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_PARAMETER,
        Refusal.NOT_FOUND,
        Refusal.RETRY_LATER,
        Refusal.SEARCH_OFF,
        Refusal.SEARCH_STARTING,
        Refusal.SEARCH_UNAVAILABLE
    })
    void cancel(
            @PathVariable String target,
            @Parameter(description = "One line of at most 500 characters", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request) {
        AuthenticatedUser _ = AuditAccess.requireOperator(token);
        RebuildTarget named = target(target);
        access.recordOperation(token, AuditAction.REBUILD, reason, "cancel", request);
        named.cancel();
    }

    private RebuildTarget target(@Nullable String name) {
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        Refusal.INVALID_PARAMETER,
                        "target is one of "
                                + targets.stream().map(RebuildTarget::name).toList()));
    }
}
