package chat.parley.audit.export;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.web.limit.RateLimit;
import chat.parley.web.limit.RateLimiter;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives people all of their own data. */
@Tag(name = "Users")
@RestController
final class OwnDataController {
    private final OwnDataArchiver archiver;
    private final RateLimiter limiter;

    OwnDataController(OwnDataArchiver archiver, RateLimiter limiter) {
        this.archiver = archiver;
        this.limiter = limiter;
    }

    @Operation(
            summary = "Export all of the caller's own data",
            description =
                    "Answers a zip file: `data.json` has the profile, settings, contacts, memberships, sessions, push"
                            + " registrations, saved searches and every event of the caller, with the texts that the caller"
                            + " wrote; the same events follow with proofs, and `java -jar parley-verify.jar my-data.zip`"
                            + " verifies them. What others wrote is not included. The number of exports is limited.")
    @Refuses({Refusal.RATE_LIMITED, Refusal.NOT_LOGGED_YET, Refusal.RETRY_LATER})
    @GetMapping(path = "/api/v1/users/me/export", produces = ArchiveResponse.ZIP)
    void export(@AuthenticationPrincipal Jwt token, HttpServletResponse response) throws IOException {
        UserId me = AuthenticatedUser.of(token).user();
        limiter.take(RateLimit.DATA_EXPORT, me.value());
        try (EventArchiver.Archive archive = archiver.archive(me)) {
            ArchiveResponse.write(archive.file(), "my-data.zip", response);
        }
    }
}
