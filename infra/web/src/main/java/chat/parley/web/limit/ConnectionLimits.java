package chat.parley.web.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What connections may cost, those of sockets included.
 *
 * @param max           connections of this node at once
 * @param maxPerAddress of one address at once (IPv6: of its first 64 bits); a large office has one address for all, and a
 *                      browser has up to seven connections. Trusted proxies are not counted
 * @param grace         how long a client may take for the head of a request, for its body, and to take the answer; longer
 *                      only where it is as fast as {@code minRate}
 * @param minRate       bytes that add a second to {@code grace}
 */
public record ConnectionLimits(
        @DefaultValue("200000") int max,
        @DefaultValue("4096") int maxPerAddress,
        @DefaultValue("20s") Duration grace,
        @DefaultValue("500B") DataSize minRate) {}
