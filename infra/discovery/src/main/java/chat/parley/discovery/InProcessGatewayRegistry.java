package chat.parley.discovery;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A registry for a single process, which knows only itself. The load is read on each query. */
final class InProcessGatewayRegistry implements GatewayRegistry {
    private volatile @Nullable OwnGateway own;

    @Override
    public Registration register(Gateway gateway, GatewaySessions sessions) {
        OwnGateway registered = new OwnGateway(gateway, sessions);
        own = registered;
        return registered::drain;
    }

    @Override
    public List<Gateway> bestFirst(@Nullable String region) {
        return Stream.ofNullable(own)
                .filter(registered -> !registered.isDraining())
                .map(OwnGateway::now)
                .toList();
    }
}
