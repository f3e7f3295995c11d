package chat.parley.identity.security;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** The security filter chain of a process that serves no requests but those about its health: all others find nothing. */
@Configuration(proxyBeanMethods = false)
public class UnservedConfiguration {
    @Bean
    SecurityFilterChain http(HttpSecurity http, Environment environment) {
        http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(paths -> {
                    paths.requestMatchers("/actuator/health", "/actuator/health/*")
                            .permitAll();
                    if (ManagementPortType.get(environment) != ManagementPortType.DIFFERENT) {
                        paths.requestMatchers("/actuator/**").denyAll();
                    }
                    paths.anyRequest().permitAll();
                });
        return http.build();
    }
}
