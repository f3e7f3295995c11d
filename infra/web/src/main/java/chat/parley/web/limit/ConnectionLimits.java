package chat.parley.web.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of connections, those of sockets included.
 *
 * @param max connections of this node at once
 * @param maxPerAddress connections of one address at once (IPv6: of its first 64 bits); a large office has one address
 *     for all, and a browser has up to seven connections. Trusted proxies are exempt
 * @param grace time for each of the head of a request, its body, and its answer, extended by {@code minRate}
 * @param minRate bytes that extend {@code grace} by one second
 */
public record ConnectionLimits(
        @DefaultValue("200000") int max,
        @DefaultValue("4096") int maxPerAddress,
        @DefaultValue("20s") Duration grace,
        @DefaultValue("500B") DataSize minRate) {}
