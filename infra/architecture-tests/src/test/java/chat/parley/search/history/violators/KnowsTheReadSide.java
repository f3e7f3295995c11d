package chat.parley.search.history.violators;

import chat.parley.projections.ProjectionsConfiguration;

record KnowsTheReadSide(ProjectionsConfiguration projections) {}
