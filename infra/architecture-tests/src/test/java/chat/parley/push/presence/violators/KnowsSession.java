package chat.parley.push.presence.violators;

import chat.parley.push.session.ConnectionDrain;

record KnowsSession(ConnectionDrain drain) {}
