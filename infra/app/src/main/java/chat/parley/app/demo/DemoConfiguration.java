package chat.parley.app.demo;

import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.ReadModelClient;
import chat.parley.identity.account.SignUp;
import chat.parley.identity.password.CredentialLookup;
import chat.parley.identity.password.Passwords;
import chat.parley.identity.policy.AuthProperties;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The demonstration, if {@code parley.demo} asks for it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("parley.demo")
class DemoConfiguration {
    @Bean
    Demo demo(
            @Value("${parley.data-dir:./parley-data}") Path dataDir,
            @Value("${parley.engines:embedded}") String engines,
            AuthProperties auth,
            EventFeed events,
            SignUp signUp,
            CredentialLookup credentials,
            Passwords passwords,
            CommandDispatcher commands,
            ReadModelClient readModel,
            KeyedHash hash) {
        Storyteller storyteller = new Storyteller(signUp, credentials, passwords, commands, readModel, hash);
        return new Demo(dataDir, !engines.equals("server") && !auth.external(), events, storyteller);
    }
}
