package chat.parley.web.address;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "192.0.2.7, ::ffff:192.0.2.7",
        "192.0.2.7, [::ffff:c000:207]",
        "192.0.2.7, 64:ff9b::192.0.2.7",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff",
        "2001:db8:1:2::1, [2001:DB8:1:2:0:0:0:9]",
        "fe80::1, fe80::2%eth0",
        "fe80::1, [fe80::2%eth0]",
        "unknown, nobody"
    })
    void groupsAddressesOfOneNetwork(String one, String other) {
        assertThat(ClientAddress.canonical(one)).isEqualTo(ClientAddress.canonical(other));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.8",
        "2001:db8:1:2::1, 2001:db8:1:3::1",
        "64:ff9b::192.0.2.7, 64:ff9b::192.0.2.8",
        "192.0.2.7, unknown"
    })
    void distinguishesNetworks(String one, String other) {
        assertThat(ClientAddress.canonical(one)).isNotEqualTo(ClientAddress.canonical(other));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "unknown", "_hidden", "example.org", "1.2.3.4:80", "%", "[%]", "[", "%eth0", "1.2.3.4.5"})
    void invalidAddressesCountAsUnknown(String literal) {
        assertThat(ClientAddress.canonical(literal)).isEqualTo("unknown");
    }

    @Property
    void neverFails(@ForAll @Size(max = 50) String anything) {
        assertThat(ClientAddress.canonical(anything)).isNotEmpty();
    }
}
