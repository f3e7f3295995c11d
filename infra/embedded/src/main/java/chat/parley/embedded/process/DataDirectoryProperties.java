package chat.parley.embedded.process;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Parley stores its data on this machine.
 *
 * @param dataDir directory of all durable data of the embedded engines; created with mode 0700
 */
@ConfigurationProperties("parley")
record DataDirectoryProperties(
        @DefaultValue("./parley-data") Path dataDir) {}
