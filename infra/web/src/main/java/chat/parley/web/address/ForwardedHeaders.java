package chat.parley.web.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * The client as a trusted proxy names it in {@code X-Forwarded-*} or {@code Forwarded} (RFC 7239). Each proxy appends
 * the address of its peer, so the list is read from its end, and the first address that is no trusted proxy is the
 * client. Addresses before it were sent by the client itself. A proxy appends to one of the two headers and may pass
 * the other on unchanged. If both are present and name different clients, neither is trusted.
 *
 * @param client address of the client
 * @param scheme scheme of the client's request, if the headers name it
 * @param host host as the client addressed the server, possibly with a port
 * @param port port as the client addressed the server
 */
record ForwardedHeaders(
        InetAddress client,
        @Nullable String scheme,
        @Nullable String host,
        @Nullable String port) {
    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    /** An address as either header may write it, with an optional port, which is ignored. */
    private static final Pattern NODE =
            Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::\\w+)?|([0-9.]+)(?::\\w+)?|([0-9A-Fa-f:.]+)");

    static ForwardedHeaders of(HttpFields headers, InetAddress peer, Predicate<InetAddress> trusted) {
        List<String> froms = values(headers, HttpHeader.X_FORWARDED_FOR.asString());
        List<String> elements = values(headers, HttpHeader.FORWARDED.asString());
        Hop bySingles = Hop.find(froms, peer, trusted);
        Hop byElements = Hop.find(
                elements.stream().map(element -> parameter(element, "for")).toList(), peer, trusted);
        if (!froms.isEmpty() && !elements.isEmpty() && !bySingles.client().equals(byElements.client())) {
            return new ForwardedHeaders(peer, null, null, null);
        }
        if (froms.isEmpty() && !elements.isEmpty()) {
            String element = byElements.in(elements);
            return new ForwardedHeaders(
                    byElements.client(), scheme(parameter(element, "proto")), host(parameter(element, "host")), null);
        }
        return new ForwardedHeaders(
                bySingles.client(),
                scheme(bySingles.in(values(headers, HttpHeader.X_FORWARDED_PROTO.asString()))),
                host(bySingles.in(values(headers, HttpHeader.X_FORWARDED_HOST.asString()))),
                port(bySingles.in(values(headers, HttpHeader.X_FORWARDED_PORT.asString()))));
    }

    /** Adds them in the form in which Jetty reads each header. */
    void addTo(HttpFields.Mutable headers) {
        String literal = client.getHostAddress();
        headers.put(HttpHeader.X_FORWARDED_FOR, client instanceof Inet6Address ? "[" + literal + "]" : literal);
        put(headers, HttpHeader.X_FORWARDED_PROTO, scheme);
        put(headers, HttpHeader.X_FORWARDED_HOST, host);
        put(headers, HttpHeader.X_FORWARDED_PORT, port);
    }

    private static void put(HttpFields.Mutable headers, HttpHeader header, @Nullable String value) {
        if (value != null) {
            headers.put(header, value);
        }
    }

    /**
     * One element of the list of addresses.
     *
     * @param client the address of this element
     * @param fromEnd the number of elements after it
     */
    private record Hop(InetAddress client, int fromEnd) {
        static Hop find(List<String> nodes, InetAddress peer, Predicate<InetAddress> trusted) {
            Hop hop = new Hop(peer, 0);
            for (int fromEnd = 0; fromEnd < nodes.size(); fromEnd++) {
                InetAddress address = address(nodes.get(nodes.size() - 1 - fromEnd));
                if (address == null) {
                    break;
                }
                hop = new Hop(address, fromEnd);
                if (!trusted.test(address)) {
                    break;
                }
            }
            return hop;
        }

        /** A proxy either appends to a list, as it does with addresses, or replaces the value. */
        String in(List<String> values) {
            return values.isEmpty() ? "" : values.get(Math.max(0, values.size() - 1 - fromEnd));
        }
    }

    private static @Nullable InetAddress address(String node) {
        Matcher literal = NODE.matcher(node);
        if (!literal.matches()) {
            return null;
        }
        return Stream.of(literal.group(1), literal.group(2), literal.group(3))
                .filter(group -> group != null)
                .findFirst()
                .map(ClientAddress::parse)
                .orElse(null);
    }

    private static @Nullable String scheme(String said) {
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> "http";
            case "https", "wss" -> "https";
            default -> null;
        };
    }

    private static @Nullable String host(String said) {
        return HOST.matcher(said).matches() ? said : null;
    }

    private static @Nullable String port(String said) {
        return PORT.matcher(said).matches() && Integer.parseInt(said) < 1 << Character.SIZE ? said : null;
    }

    private static List<String> values(HttpFields headers, String name) {
        List<String> values = new ArrayList<>();
        for (String line : headers.getValuesList(name)) {
            Arrays.stream(line.split(",", -1)).map(String::strip).forEach(values::add);
        }
        return values;
    }

    /** A parameter of one element of {@code Forwarded}, without its quotes. */
    private static String parameter(String element, String name) {
        for (String pair : element.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
                return pair.substring(equals + 1).strip().replace("\"", "");
            }
        }
        return "";
    }
}
