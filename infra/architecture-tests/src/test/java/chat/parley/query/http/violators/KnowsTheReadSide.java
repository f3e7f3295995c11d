package chat.parley.query.http.violators;

import chat.parley.projections.ProjectionsConfiguration;
import com.eatthepath.pushy.apns.ApnsClient;
import de.bwaldvogel.mongo.MongoServer;
import io.axoniq.axonserver.connector.AxonServerConnection;
import org.apache.curator.framework.CuratorFramework;
import org.springframework.beans.factory.annotation.Autowired;

final class KnowsTheReadSide {
    @Autowired
    ProjectionsConfiguration projections;

    void knows(MongoServer engine, AxonServerConnection axonServer, ApnsClient pushes, CuratorFramework registry) {}
}
