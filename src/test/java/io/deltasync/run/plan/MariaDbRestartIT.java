package io.deltasync.run.plan;

import io.deltasync.testing.TestDatabase;

class MariaDbRestartIT extends RestartContract {

	MariaDbRestartIT() {
		super(TestDatabase.MARIADB);
	}

}
