package chat.parley.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;

/**
 * Who may read and write the entries in ZooKeeper: whoever has the password, or everybody if there is none.
 *
 * @param password in plain text; may be empty
 */
record ZooKeeperAccess(String password) {
    private static final String SCHEME = "digest";
    private static final String USER = "parley";

    private boolean isOpen() {
        return password.isEmpty();
    }

    CuratorFrameworkFactory.Builder applyTo(CuratorFrameworkFactory.Builder client) {
        return isOpen()
                ? client
                : client.authorization(SCHEME, (USER + ":" + password).getBytes(UTF_8))
                        .aclProvider(new OwnersOnly());
    }

    /** Closes a path that was made before there was a password. */
    void protect(CuratorFramework client, String path) throws Exception {
        if (!isOpen() && client.getACL().forPath(path).equals(ZooDefs.Ids.OPEN_ACL_UNSAFE)) {
            client.setACL().withACL(ZooDefs.Ids.CREATOR_ALL_ACL).forPath(path);
        }
    }

    private static final class OwnersOnly implements ACLProvider {
        @Override
        public List<ACL> getDefaultAcl() {
            return ZooDefs.Ids.CREATOR_ALL_ACL;
        }

        @Override
        public List<ACL> getAclForPath(String path) {
            return getDefaultAcl();
        }
    }

    @Override
    public String toString() {
        return "ZooKeeperAccess[]";
    }
}
