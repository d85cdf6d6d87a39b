package io.deltasync;

import io.deltasync.testing.TestDatabase;

class MariaDbHostIT extends HostContract {

	MariaDbHostIT() {
		super(TestDatabase.MARIADB);
	}

}
