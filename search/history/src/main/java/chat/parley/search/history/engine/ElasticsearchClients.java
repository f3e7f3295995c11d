package chat.parley.search.history.engine;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;

/** Creates clients of one Elasticsearch. */
public final class ElasticsearchClients {
    private ElasticsearchClients() {}

    public static ElasticsearchClient connect(
            SearchConnection connection, Duration connectTimeout, Duration responseTimeout) {
        Rest5ClientBuilder builder = Rest5Client.builder(connection.address())
                .setConnectionConfigCallback(config -> config.setConnectTimeout(Timeout.of(connectTimeout)))
                .setRequestConfigCallback(config -> config.setResponseTimeout(Timeout.of(responseTimeout)));
        if (connection.username() != null && connection.password() != null) {
            builder.setDefaultHeaders(new Header[] {basic(connection.username(), connection.password())});
        }
        if (connection.caCertificate() != null) {
            builder.setSSLContext(trusting(connection.caCertificate()));
        }
        return new ElasticsearchClient(new Rest5ClientTransport(builder.build(), new Jackson3JsonpMapper()));
    }

    private static Header basic(String username, String password) {
        byte[] both = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new BasicHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
    }

    private static SSLContext trusting(String caCertificate) {
        try {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(caCertificate.getBytes(StandardCharsets.US_ASCII)))) {
                authorities.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalArgumentException("parley.search.ca-certificate is not a PEM certificate", failure);
        }
    }
}
