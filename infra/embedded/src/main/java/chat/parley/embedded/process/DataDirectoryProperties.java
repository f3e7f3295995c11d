package chat.parley.embedded.process;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Parley keeps its data on this machine.
 *
 * @param dataDir directory of everything that outlives a restart when the engines are embedded; made with mode 0700
 */
@ConfigurationProperties("parley")
record DataDirectoryProperties(
        @DefaultValue("./parley-data") Path dataDir) {}
