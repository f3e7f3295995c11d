package chat.parley.push.socket.violators;

import chat.parley.push.session.ConnectionDrain;

record KnowsSession(ConnectionDrain drain) {}
