package chat.parley.query.http;

import chat.parley.api.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Controllers over HTTP, asked by Ann; the application has the real token check and the real problem+json. */
final class Rest {
    static final QueryHttpProperties PROPERTIES = new QueryHttpProperties(Duration.ofSeconds(5), 3, 4);

    private Rest() {}

    static MockMvc of(Object... controllers) {
        Jwt token = Jwt.withTokenValue("token")
                .header("alg", "HS256")
                .subject(EventFixtures.ANN.value())
                .claim("dev", "phone")
                .claim("sid", "session-1")
                .expiresAt(Instant.MAX)
                .build();
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(token, null));
        return MockMvcBuilders.standaloneSetup(controllers)
                .setControllerAdvice(new Advice())
                .setCustomArgumentResolvers(new AuthenticationPrincipalArgumentResolver())
                .build();
    }

    @RestControllerAdvice
    static final class Advice {
        @ExceptionHandler
        ResponseEntity<Map<String, String>> refuse(Exception thrown) {
            return Refused.in(thrown)
                    .map(refusal -> ResponseEntity.status(refusal.status()).body(Map.of("code", refusal.code())))
                    .orElseThrow(() -> new IllegalStateException(thrown));
        }

        @ExceptionHandler(MethodArgumentTypeMismatchException.class)
        ResponseEntity<Map<String, String>> refuse() {
            return ResponseEntity.badRequest().body(Map.of("code", "invalid-parameter"));
        }
    }
}
