package io.deltasync.simulation;

import io.deltasync.testing.TestDatabase;

class H2SimulationIT extends SimulationContract {

	H2SimulationIT() {
		super(TestDatabase.H2, 300);
	}

}
