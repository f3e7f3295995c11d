package chat.parley.web.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client that trusted proxies name. The proxies here are 10.0.0.0/8. */
class ForwardingTest {
    private static final String PROXY = "10.0.0.1";
    private static final String CLIENT = "203.0.113.9";
    private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "fd00::/8"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // One proxy, several proxies, and forged addresses before them
                "203.0.113.9 | 203.0.113.9",
                "1.2.3.4, 203.0.113.9 | 203.0.113.9",
                "1.2.3.4, 203.0.113.9, 10.0.0.2, fd00::7 | 203.0.113.9",
                "203.0.113.9, 10.0.0.2 | 203.0.113.9",
                "10.9.9.9, 203.0.113.9 | 203.0.113.9",
                // Ports, brackets, IPv6
                "203.0.113.9:4711 | 203.0.113.9",
                "[2001:db8::1]:4711 | 2001:db8::1",
                "2001:db8::1 | 2001:db8::1",
                // Only proxies
                "10.0.0.3, 10.0.0.2 | 10.0.0.3",
                // An invalid address is ignored, and so are the addresses before it
                "1.2.3.4, unknown | 10.0.0.1",
                "1.2.3.4, nonsense, 10.0.0.2 | 10.0.0.2",
                "1.2.3.4,  | 10.0.0.1"
            })
    void isTheLastAddressThatIsNoProxy(String forwardedFor, String client) {
        assertThat(of(HttpFields.build().add("X-Forwarded-For", forwardedFor)).client())
                .isEqualTo(address(client));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.9 | 203.0.113.9",
                "for=1.2.3.4, For=\"203.0.113.9:80\";proto=https | 203.0.113.9",
                "for=\"[2001:db8::1]:80\" | 2001:db8::1",
                "for=203.0.113.9, for=10.0.0.2 | 203.0.113.9",
                "for=1.2.3.4, for=_hidden | 10.0.0.1",
                "for=1.2.3.4, for=unknown | 10.0.0.1",
                "by=1.2.3.4 | 10.0.0.1"
            })
    void readsTheStandardHeader(String forwarded, String client) {
        assertThat(of(HttpFields.build().add("Forwarded", forwarded)).client()).isEqualTo(address(client));
    }

    @Test
    void readsSeveralHeadersAsOneList() {
        HttpFields lines = HttpFields.build().add("X-Forwarded-For", "1.2.3.4").add("X-Forwarded-For", CLIENT);
        assertThat(of(lines).client()).isEqualTo(address(CLIENT));
    }

    @Test
    void isTheProxyIfTheHeadersContradictEachOther() {
        HttpFields contradicting = HttpFields.build()
                .add("X-Forwarded-For", CLIENT)
                .add("X-Forwarded-Proto", "https")
                .add("Forwarded", "for=1.2.3.4;proto=https;host=evil.example");
        assertThat(of(contradicting)).isEqualTo(new ForwardedHeaders(address(PROXY), null, null, null));
        HttpFields agreeing = HttpFields.build().add("X-Forwarded-For", CLIENT).add("Forwarded", "for=" + CLIENT);
        assertThat(of(agreeing).client()).isEqualTo(address(CLIENT));
    }

    @ParameterizedTest
    @CsvSource({
        "https, chat.example, 443, https, chat.example, 443",
        "HTTPS, chat.example:8443, , https, chat.example:8443,",
        "wss, [::1]:8443, , https, [::1]:8443,",
        "javascript, chat.example/evil, 0, , ,",
        "http s, a b, 65536, , ,",
        "https, ' ', -1, https, ,"
    })
    void usesTheHostThatTheProxyWasAddressedBy(
            String proto, String host, String port, String scheme, String askedHost, String askedPort) {
        HttpFields.Mutable headers =
                HttpFields.build().add("X-Forwarded-For", CLIENT).add("X-Forwarded-Proto", proto);
        headers.add("X-Forwarded-Host", host).add("X-Forwarded-Port", Objects.requireNonNullElse(port, ""));
        assertThat(of(headers)).isEqualTo(new ForwardedHeaders(address(CLIENT), scheme, askedHost, askedPort));
    }

    @Test
    void readsListsAtThePositionOfTheClient() {
        HttpFields headers = HttpFields.build()
                .add("X-Forwarded-For", "1.2.3.4, " + CLIENT + ", 10.0.0.2")
                .add("X-Forwarded-Proto", "ftp, https, http");
        assertThat(of(headers).scheme()).isEqualTo("https");
    }

    /** For any header that a client sends: the address that the proxy appends is the client. */
    @Property
    void ignoresAddressesThatTheClientSent(@ForAll("lists") String sent) {
        HttpFields headers = HttpFields.build().add("X-Forwarded-For", sent + ", " + CLIENT);
        assertThat(of(headers).client()).isEqualTo(address(CLIENT));
    }

    @Provide
    Arbitrary<String> lists() {
        Arbitrary<String> addresses = Arbitraries.integers()
                .between(0, 255)
                .list()
                .ofSize(4)
                .map(bytes ->
                        String.join(".", bytes.stream().map(String::valueOf).toList()));
        Arbitrary<String> anything =
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(20);
        return Arbitraries.oneOf(addresses, anything, Arbitraries.just(PROXY))
                .list()
                .ofMaxSize(6)
                .map(nodes -> String.join(",", nodes));
    }

    private ForwardedHeaders of(HttpFields headers) {
        return ForwardedHeaders.of(headers, address(PROXY), proxies::isTrusted);
    }

    private static InetAddress address(String literal) {
        return Objects.requireNonNull(ClientAddress.parse(literal));
    }
}
