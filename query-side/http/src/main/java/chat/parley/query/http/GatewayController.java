package chat.parley.query.http;

import chat.parley.discovery.Gateway;
import chat.parley.discovery.GatewayRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Gateways")
@RestController
@RequestMapping("/api/v1/gateways")
final class GatewayController {
    private final GatewayRegistry registry;

    GatewayController(GatewayRegistry registry) {
        this.registry = registry;
    }

    record GatewaysView(List<Gateway> gateways) {}

    @Operation(summary = "List the push nodes, the best for a new socket first: by region, then by load")
    @GetMapping
    GatewaysView gateways(@RequestParam(required = false) @Nullable String region) {
        return new GatewaysView(registry.bestFirst(region));
    }
}
