package chat.parley.identity.security;

import chat.parley.api.account.SystemRole;
import chat.parley.web.BrowserPage;
import chat.parley.web.address.RequestAddresses;
import chat.parley.web.limit.RateLimit;
import chat.parley.web.limit.RateLimitFilter;
import chat.parley.web.limit.RateLimiter;
import chat.parley.web.problem.ProblemWriter;
import chat.parley.web.problem.Problems;
import chat.parley.web.settings.HttpProperties;
import chat.parley.web.token.AccessTokenVerifier;
import chat.parley.web.token.AuthenticatedUser;
import chat.parley.web.token.RoleAuthorities;
import chat.parley.web.token.TokenClaims;
import chat.parley.web.token.VerifyingJwtDecoder;
import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** The security filter chain. Every path that is not listed here needs a token. */
@Configuration(proxyBeanMethods = false)
@Import(ContentSecurityPolicyWriter.class)
public class SecurityConfiguration {
    private static final String ADMIN = RoleAuthorities.of(SystemRole.ADMIN);

    /** Changes of a user's own access, which auditors make too. */
    private static final String[] OWN_ACCESS = {
        "/api/v1/sessions/**",
        "/api/v1/users/me/password",
        "/api/v1/users/me/mail-address/**",
        "/api/v1/users/me/devices/*",
        "/api/v1/users/me/sessions/*"
    };

    /** What auditors are for. Each controller checks the role. */
    private static final String[] AUDIT_SIDE = {
        "/api/v1/audit/**", "/api/v1/search/rebuilds/**", "/api/v1/search/checks", "/api/v1/search/dead-letters/**"
    };

    @Bean
    AdminKey adminKey(@Value("${parley.data-dir:./parley-data}") Path dataDir) {
        return new AdminKey(dataDir);
    }

    @Bean
    JwtDecoder jwtDecoder(AccessTokenVerifier tokens) {
        return new VerifyingJwtDecoder(tokens);
    }

    @Bean
    SecurityFilterChain http(
            HttpSecurity http,
            HttpProperties properties,
            ProblemWriter problems,
            RateLimiter limiter,
            AdminKey adminKey,
            JwtDecoder tokens,
            ContentSecurityPolicyWriter pagePolicy,
            ObjectProvider<BrowserPage> page,
            Environment environment) {
        boolean managedApart = ManagementPortType.get(environment) == ManagementPortType.DIFFERENT;
        http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .cors(cors -> cors.configurationSource(origins(properties.allowedOrigins())))
                .headers(headers -> headers.addHeaderWriter(pagePolicy)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .permissionsPolicyHeader(permissions ->
                                permissions.policy("camera=(), geolocation=(), microphone=(), payment=()"))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .frameOptions(frames -> frames.deny()))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(
                                (request, response, thrown) -> problems.write(response, Problems.of(thrown)))
                        .accessDeniedHandler(
                                (request, response, thrown) -> problems.write(response, Problems.of(thrown))))
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(
                                (request, response, thrown) -> problems.write(response, Problems.of(thrown)))
                        .jwt(jwt -> jwt.decoder(tokens).jwtAuthenticationConverter(roles())))
                .addFilterBefore(
                        new RateLimitFilter(
                                "address",
                                request -> limiter.take(RateLimit.ADDRESS_REQUEST, RequestAddresses.of(request)),
                                problems),
                        BearerTokenAuthenticationFilter.class)
                .addFilterBefore(
                        new RateLimitFilter(
                                "user",
                                request -> {
                                    if (request.getUserPrincipal() instanceof Authentication user
                                            && user.isAuthenticated()) {
                                        limiter.take(RateLimit.USER_REQUEST, user.getName());
                                    }
                                },
                                problems),
                        AuthorizationFilter.class)
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(
                                HttpMethod.POST,
                                "/api/v1/accounts",
                                "/api/v1/sessions",
                                "/api/v1/sessions/refresh",
                                "/api/v1/password-resets",
                                "/api/v1/password-resets/requests")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/v1/login-options")
                        .permitAll()
                        .requestMatchers("/livez", "/readyz", "/actuator/health", "/actuator/health/*")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/actuator/prometheus")
                        .access(managedApart || properties.publicPrometheus() ? everybody() : admins())
                        .requestMatchers("/actuator/**")
                        .access(managedApart ? everybody() : admins())
                        .requestMatchers(HttpMethod.PUT, "/api/v1/users/*/roles/admin")
                        .access(adminsOr(adminKey))
                        .requestMatchers("/api/v1/users/*/roles/*", "/api/v1/users/*/password-reset", "/api/v1/load")
                        .access(admins())
                        .requestMatchers(HttpMethod.GET, "/api/**")
                        .authenticated()
                        .requestMatchers(HttpMethod.HEAD, "/api/**")
                        .authenticated()
                        .requestMatchers(OWN_ACCESS)
                        .authenticated()
                        .requestMatchers(AUDIT_SIDE)
                        .authenticated()
                        .requestMatchers("/api/**")
                        .access(participants())
                        .requestMatchers(HttpMethod.GET, publicPaths(properties, page))
                        .permitAll()
                        .anyRequest()
                        .authenticated());
        return http.build();
    }

    private static String[] publicPaths(HttpProperties properties, ObjectProvider<BrowserPage> page) {
        return Stream.concat(
                        properties.publicPaths().stream(),
                        page.stream().map(BrowserPage::publicPaths).flatMap(List::stream))
                .toArray(String[]::new);
    }

    private static AuthorizationManager<RequestAuthorizationContext> everybody() {
        return (user, context) -> new AuthorizationDecision(true);
    }

    private static AuthorizationManager<RequestAuthorizationContext> admins() {
        return (user, context) -> new AuthorizationDecision(isAdmin(user.get()));
    }

    private static AuthorizationManager<RequestAuthorizationContext> adminsOr(AdminKey key) {
        return (user, context) -> new AuthorizationDecision(isAdmin(user.get()) || key.opens(context.getRequest()));
    }

    private static AuthorizationManager<RequestAuthorizationContext> participants() {
        return (user, context) -> {
            if (!(user.get() instanceof JwtAuthenticationToken known)) {
                return new AuthorizationDecision(false);
            }
            AuthenticatedUser.of(known.getToken()).requireParticipant();
            return new AuthorizationDecision(true);
        };
    }

    private static boolean isAdmin(@Nullable Authentication user) {
        return user != null
                && user.isAuthenticated()
                && !(user instanceof AnonymousAuthenticationToken)
                && user.getAuthorities().stream().anyMatch(authority -> ADMIN.equals(authority.getAuthority()));
    }

    private static JwtAuthenticationConverter roles() {
        JwtGrantedAuthoritiesConverter authorities = new JwtGrantedAuthoritiesConverter();
        authorities.setAuthoritiesClaimName(TokenClaims.ROLES);
        authorities.setAuthorityPrefix(RoleAuthorities.PREFIX);
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(authorities);
        return converter;
    }

    private static UrlBasedCorsConfigurationSource origins(List<String> allowed) {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (!allowed.isEmpty()) {
            CorsConfiguration cors = new CorsConfiguration();
            cors.setAllowedOrigins(allowed);
            cors.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
            cors.setAllowedHeaders(List.of("Authorization", "Content-Type"));
            cors.setExposedHeaders(List.of("Retry-After", "Location", "Parley-Export-Id", "Parley-Export-Total"));
            source.registerCorsConfiguration("/api/**", cors);
        }
        return source;
    }
}
