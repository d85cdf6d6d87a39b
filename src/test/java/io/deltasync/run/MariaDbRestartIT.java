package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MariaDbRestartIT extends RestartContract {

	MariaDbRestartIT() {
		super(TestDatabase.MARIADB);
	}

}
