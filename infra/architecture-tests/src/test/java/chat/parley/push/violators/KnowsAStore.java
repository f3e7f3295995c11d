package chat.parley.push.violators;

import chat.parley.projections.ProjectionsConfiguration;
import java.sql.Connection;

record KnowsAStore(Connection connection, ProjectionsConfiguration projections) {}
