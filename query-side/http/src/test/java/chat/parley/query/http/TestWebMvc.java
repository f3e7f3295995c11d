package chat.parley.query.http;

import chat.parley.api.account.UserId;
import chat.parley.web.problem.ProblemAdvice;
import chat.parley.web.problem.ProblemWriter;
import chat.parley.web.token.TokenClaims;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.json.JsonMapper;

/** Controllers over HTTP, asked by Ann, with the real problem responses. The application has the real token check. */
final class TestWebMvc {
    static final QueryHttpProperties PROPERTIES = new QueryHttpProperties(Duration.ofSeconds(5), 3, 4);

    static final UserId ANN = new UserId("ann");
    static final UserId BOB = new UserId("bob");

    private TestWebMvc() {}

    static MockMvc of(Object... controllers) {
        Jwt token = Jwt.withTokenValue("token")
                .header("alg", "HS256")
                .subject(ANN.value())
                .claim(TokenClaims.DEVICE, "phone")
                .claim(TokenClaims.SESSION, "session-1")
                .expiresAt(Instant.MAX)
                .build();
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(token, null));
        return MockMvcBuilders.standaloneSetup(controllers)
                .setControllerAdvice(
                        new ProblemAdvice(new ProblemWriter(JsonMapper.shared(), new SimpleMeterRegistry())))
                .setCustomArgumentResolvers(new AuthenticationPrincipalArgumentResolver())
                .build();
    }
}
