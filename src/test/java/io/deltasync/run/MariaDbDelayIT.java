package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MariaDbDelayIT extends DelayContract {

	MariaDbDelayIT() {
		super(TestDatabase.MARIADB);
	}

}
