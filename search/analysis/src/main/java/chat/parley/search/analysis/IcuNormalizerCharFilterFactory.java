package chat.parley.search.analysis;

import java.io.Reader;
import org.apache.lucene.analysis.icu.ICUNormalizer2CharFilter;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.CharFilterFactory;

/** Text in NFKC with its case folded (the official one's default), before it is taken apart. */
@NamedComponent("icu_normalizer")
public final class IcuNormalizerCharFilterFactory implements CharFilterFactory {
    @Override
    public Reader create(Reader text) {
        return new ICUNormalizer2CharFilter(text);
    }
}
