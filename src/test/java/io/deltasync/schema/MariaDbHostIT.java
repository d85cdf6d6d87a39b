package io.deltasync.schema;

import io.deltasync.testing.TestDatabase;

class MariaDbHostIT extends HostContract {

	MariaDbHostIT() {
		super(TestDatabase.MARIADB);
	}

}
