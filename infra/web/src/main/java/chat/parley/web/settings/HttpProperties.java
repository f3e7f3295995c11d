package chat.parley.web.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings that apply to every HTTP request.
 *
 * @param maxBody largest request body; 100,000 emoji as {@code \\u} escapes take 1.2 MB
 * @param publicPaths paths that need no token besides sign-up, login and the page: the API documents, the libraries of
 *     the jars and the transparency log
 * @param publicPrometheus whether {@code /actuator/prometheus} needs no token; otherwise it needs an admin's token,
 *     unless management has a port of its own
 * @param allowedOrigins origins whose pages may call this server (CORS); none by default
 * @param trustedProxies addresses and ranges (CIDR) of the proxies whose {@code X-Forwarded-*} and {@code Forwarded}
 *     headers name the client; none by default, because any client can send these headers
 * @param contentSecurityPolicy policy of every answer; <code>{gateways}</code> stands for the push nodes that may be
 *     recommended, <code>{scripts}</code> for the hash of the page's import map. Its policy for Trusted Types names the
 *     service worker
 * @param documentationPolicy policy of the OpenAPI documents' page instead, which sets styles inline
 */
@ConfigurationProperties("parley.http")
public record HttpProperties(
        @DefaultValue("1500000B") DataSize maxBody,

        @DefaultValue({
            "/webjars/**",
            "/transparency/**",
            "/asyncapi*",
            "/asyncapi/**",
            "/v3/api-docs*",
            "/v3/api-docs/**",
            "/swagger-ui.html",
            "/swagger-ui/**"
        })
        List<String> publicPaths,

        @DefaultValue("false") boolean publicPrometheus,
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue List<String> trustedProxies,

        @DefaultValue("default-src 'none'; script-src 'self' {scripts}; style-src 'self'; img-src 'self' data: blob:; "
                + "font-src 'self'; connect-src 'self' {gateways}; manifest-src 'self'; worker-src 'self'; "
                + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'; trusted-types parley")
        String contentSecurityPolicy,

        @DefaultValue("default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
                + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
        String documentationPolicy) {}
