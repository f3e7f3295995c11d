package chat.parley.search.analysis;

import com.ibm.icu.text.FilteredNormalizer2;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.ICUNormalizer2Filter;
import org.elasticsearch.plugin.Inject;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.TokenFilterFactory;
import org.elasticsearch.plugin.settings.AnalysisSettings;
import org.elasticsearch.plugin.settings.StringSetting;

/**
 * Creates a filter that removes differences of accents, case and width from the characters in {@code
 * unicode_set_filter}.
 */
@NamedComponent("icu_folding")
public final class IcuFoldingFilterFactory implements TokenFilterFactory {
    private final Normalizer2 folding;

    @Inject
    public IcuFoldingFilterFactory(Settings settings) {
        String folded = settings.unicodeSetFilter();
        this.folding = folded.isEmpty()
                ? ICUFoldingFilter.NORMALIZER
                : new FilteredNormalizer2(ICUFoldingFilter.NORMALIZER, new UnicodeSet(folded).freeze());
    }

    @Override
    public TokenStream create(TokenStream tokens) {
        return new ICUNormalizer2Filter(tokens, folding);
    }

    @AnalysisSettings
    public interface Settings {
        @StringSetting(path = "unicode_set_filter", defaultValue = "")
        String unicodeSetFilter();
    }
}
