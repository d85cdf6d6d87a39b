package io.deltasync.simulation;

import io.deltasync.testing.TestDatabase;

class MySqlSimulationIT extends SimulationContract {

	MySqlSimulationIT() {
		super(TestDatabase.MYSQL, 20);
	}

}
