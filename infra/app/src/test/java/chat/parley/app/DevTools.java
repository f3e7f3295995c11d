package chat.parley.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** What Chromium's DevTools protocol tells of a page and does with it. */
record DevTools(CDPSession session) {
    static DevTools of(Page page) {
        DevTools devTools = new DevTools(page.context().newCDPSession(page));
        devTools.session.send("Performance.enable");
        devTools.session.send("Network.enable");
        return devTools;
    }

    void collectGarbage() {
        session.send("HeapProfiler.collectGarbage");
    }

    double heapBytes() {
        return metric("JSHeapUsedSize");
    }

    double nodes() {
        return metric("Nodes");
    }

    double workSeconds() {
        return metric("TaskDuration");
    }

    private double metric(String name) {
        JsonObject metrics = session.send("Performance.getMetrics");
        for (JsonElement metric : metrics.getAsJsonArray("metrics")) {
            if (metric.getAsJsonObject().get("name").getAsString().equals(name)) {
                return metric.getAsJsonObject().get("value").getAsDouble();
            }
        }
        throw new IllegalArgumentException(name);
    }
}
