package io.deltasync.run.plan;

import io.deltasync.testing.TestDatabase;

class MariaDbDelayIT extends DelayContract {

	MariaDbDelayIT() {
		super(TestDatabase.MARIADB);
	}

}
