package chat.parley.app;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** All endpoints of a server, read from its handler mappings, and some paths without a handler. */
final class Endpoints {
    private static final List<Endpoint> BESIDE_THE_HANDLERS = List.of(
            new Endpoint("GET", "/", List.of(), List.of()),
            new Endpoint("GET", "/assets/no/such/file.js", List.of(), List.of()),
            new Endpoint("GET", "/asyncapi.yaml", List.of(), List.of()),
            new Endpoint("GET", "/swagger-ui/index.html", List.of(), List.of()),
            new Endpoint("GET", "/ws", List.of(), List.of()),
            new Endpoint("GET", "/no/such/path", List.of(), List.of()),
            new Endpoint("POST", "/api/v1/no/such/path", List.of(), List.of("text")),
            new Endpoint("GET", "/readyz", List.of(), List.of()));

    private Endpoints() {}

    /**
     * @param parameters query parameters
     * @param fields     fields of the body; empty without a body
     */
    record Endpoint(String method, String template, List<String> parameters, List<String> fields) {
        /** Expands the template with these values; 1 for variables without a value. */
        String path(Map<String, String> values) {
            String path = template.replace("/**", "/x");
            for (Map.Entry<String, String> value : values.entrySet()) {
                path = path.replaceAll("\\{\\*?" + value.getKey() + "}", value.getValue());
            }
            return path.replaceAll("\\{[^}]*}", "1");
        }

        List<String> variables() {
            return Arrays.stream(template.split("/"))
                    .filter(part -> part.startsWith("{"))
                    .map(part -> part.replaceAll("[{}*]", ""))
                    .toList();
        }

        boolean isOfTheAuditSide() {
            return template.startsWith("/api/v1/audit/");
        }

        /** Whether a call ends the caller's session. */
        boolean endsSessions() {
            return method.equals("DELETE") && template.matches(".*/(sessions|devices)/.*");
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    static List<Endpoint> of(ParleyServer server) {
        return Stream.concat(
                        server.beans(RequestMappingInfoHandlerMapping.class).stream()
                                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                                .flatMap(entry -> endpoints(entry.getKey(), entry.getValue())),
                        BESIDE_THE_HANDLERS.stream())
                .distinct()
                .sorted(Comparator.comparing(Endpoint::template).thenComparing(Endpoint::method))
                .toList();
    }

    private static Stream<Endpoint> endpoints(RequestMappingInfo info, HandlerMethod handler) {
        Set<String> methods = info.getMethodsCondition().getMethods().isEmpty()
                ? Set.of("GET")
                : info.getMethodsCondition().getMethods().stream()
                        .map(RequestMethod::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        return info.getPatternValues().stream()
                .flatMap(path -> methods.stream()
                        .map(method -> new Endpoint(method, path, parameters(handler), fields(handler))));
    }

    private static List<String> parameters(HandlerMethod handler) {
        List<String> names = new ArrayList<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
            if (asked != null) {
                parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
                names.add(asked.name().isEmpty() ? Objects.requireNonNull(parameter.getParameterName()) : asked.name());
            }
        }
        return names;
    }

    private static List<String> fields(HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)) {
                RecordComponent[] components = parameter.getParameterType().getRecordComponents();
                return components == null
                        ? List.of("x")
                        : Arrays.stream(components)
                                .map(RecordComponent::getName)
                                .toList();
            }
        }
        return List.of();
    }
}
