package chat.parley.search.analysis;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.ko.KoreanTokenizer.DecompoundMode;
import org.apache.lucene.analysis.ko.dict.UserDictionary;
import org.elasticsearch.plugin.Inject;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.TokenizerFactory;
import org.elasticsearch.plugin.settings.AnalysisSettings;
import org.elasticsearch.plugin.settings.BooleanSetting;
import org.elasticsearch.plugin.settings.ListSetting;
import org.elasticsearch.plugin.settings.StringSetting;
import org.jspecify.annotations.Nullable;

/** Creates a tokenizer that splits Korean text into morphemes, with the settings of the official analysis-nori. */
@NamedComponent("nori_tokenizer")
public final class NoriTokenizerFactory implements TokenizerFactory {
    private final DecompoundMode decompoundMode;
    private final boolean discardPunctuation;
    private final @Nullable UserDictionary userDictionary;

    @Inject
    public NoriTokenizerFactory(Settings settings) {
        this.decompoundMode = DecompoundMode.valueOf(settings.decompoundMode().toUpperCase(Locale.ROOT));
        this.discardPunctuation = settings.discardPunctuation();
        this.userDictionary = dictionary(settings.userDictionaryRules());
    }

    @Override
    public Tokenizer create() {
        return new KoreanTokenizer(
                KoreanTokenizer.DEFAULT_TOKEN_ATTRIBUTE_FACTORY,
                userDictionary,
                decompoundMode,
                false,
                discardPunctuation);
    }

    private static @Nullable UserDictionary dictionary(List<String> rules) {
        try {
            return rules.isEmpty() ? null : UserDictionary.open(new StringReader(String.join("\n", rules)));
        } catch (IOException failure) {
            throw new UncheckedIOException("the user dictionary's rules cannot be read", failure);
        }
    }

    @AnalysisSettings
    public interface Settings {
        @StringSetting(path = "decompound_mode", defaultValue = "discard")
        String decompoundMode();

        @BooleanSetting(path = "discard_punctuation", defaultValue = true)
        boolean discardPunctuation();

        @ListSetting(path = "user_dictionary_rules")
        List<String> userDictionaryRules();
    }
}
