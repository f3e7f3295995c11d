package chat.parley.search.analysis;

import java.io.Reader;
import org.apache.lucene.analysis.icu.ICUNormalizer2CharFilter;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.CharFilterFactory;

/** Creates a filter that normalises text to NFKC_Casefold, the default of the official plugin, before tokenization. */
@NamedComponent("icu_normalizer")
public final class IcuNormalizerCharFilterFactory implements CharFilterFactory {
    @Override
    public Reader create(Reader text) {
        return new ICUNormalizer2CharFilter(text);
    }
}
