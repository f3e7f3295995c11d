package chat.parley.audit.review;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.audit.AuditAction;
import chat.parley.audit.access.AuditAccess;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.databind.json.JsonMapper;

/** Gives auditors the review of a month. */
@Tag(name = "Audit")
@RestController
final class ReviewController {
    private static final String CSV = "text/csv";
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final AuditAccess.Subject EVERYBODY = new AuditAccess.Subject(null, null);

    private final AccessReview review;
    private final AuditAccess access;
    private final JsonMapper json;
    private final HeaderContentNegotiationStrategy acceptHeader = new HeaderContentNegotiationStrategy();

    ReviewController(AccessReview review, AuditAccess access, JsonMapper json) {
        this.review = review;
        this.access = access;
        this.json = json;
    }

    @Operation(
            summary = "Review who accessed whose data in a month",
            description =
                    "Needs the role `auditor` and a `reason`; the access is recorded before anything is shown, and is"
                            + " itself in the review of its month. Lists, in the order of their events, what auditors"
                            + " read, what analysts searched, and which roles admins granted and revoked. A month has"
                            + " the events that were stored in it. JSON is one array, which is not closed if the answer"
                            + " breaks off. CSV is RFC 4180 with a header row and the same columns; a text that a"
                            + " spreadsheet would read as a formula gets an apostrophe in front.")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        array = @ArraySchema(schema = @Schema(implementation = ReviewedAccess.class))),
                @Content(mediaType = CSV, schema = @Schema(type = "string"))
            })
    @Refuses({
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.INVALID_PARAMETER,
        Refusal.QUERY_TOO_LONG,
        Refusal.RETRY_LATER
    })
    @GetMapping(
            path = "/api/v1/audit/access-review",
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    void review(
            @Parameter(description = "Such as `2026-11`", required = true) @RequestParam(required = false) @Nullable
                    String month,
            @Parameter(description = "Time zone of the month, such as `Asia/Seoul`; UTC by default")
                    @RequestParam(required = false)
                    @Nullable
                    String tz,
            @Parameter(description = "`json` or `csv`; by default what the header `Accept` prefers")
                    @RequestParam(required = false)
                    @Nullable
                    String format,
            @Parameter(description = "Why the accesses are reviewed; one line, recorded for good", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, HttpMediaTypeNotAcceptableException {
        ReviewMonth asked = ReviewMonth.of(month, tz);
        ReviewFormat as = ReviewFormat.of(format, acceptHeader.resolveMediaTypes(new ServletWebRequest(request)));
        access.record(token, AuditAction.REVIEW_ACCESS, EVERYBODY, reason, request);
        response.setContentType(as.mediaType());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(as.fileName()).build().toString());
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER_BYTES);
        review.write(asked, as.open(out, json));
        out.flush();
    }
}
