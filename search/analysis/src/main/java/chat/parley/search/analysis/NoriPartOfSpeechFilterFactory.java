package chat.parley.search.analysis;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ko.KoreanPartOfSpeechStopFilter;
import org.apache.lucene.analysis.ko.POS;
import org.elasticsearch.plugin.Inject;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.TokenFilterFactory;
import org.elasticsearch.plugin.settings.AnalysisSettings;
import org.elasticsearch.plugin.settings.ListSetting;

/**
 * Creates a filter that removes morphemes of the parts of speech in {@code stoptags}; by default those in nori's own
 * list.
 */
@NamedComponent("nori_part_of_speech")
public final class NoriPartOfSpeechFilterFactory implements TokenFilterFactory {
    private final Set<POS.Tag> stopTags;

    @Inject
    public NoriPartOfSpeechFilterFactory(Settings settings) {
        this.stopTags = settings.stopTags().isEmpty()
                ? KoreanPartOfSpeechStopFilter.DEFAULT_STOP_TAGS
                : settings.stopTags().stream().map(POS::resolveTag).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public TokenStream create(TokenStream tokens) {
        return new KoreanPartOfSpeechStopFilter(tokens, stopTags);
    }

    @AnalysisSettings
    public interface Settings {
        @ListSetting(path = "stoptags")
        List<String> stopTags();
    }
}
