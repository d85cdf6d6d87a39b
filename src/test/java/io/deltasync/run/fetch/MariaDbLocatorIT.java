package io.deltasync.run.fetch;

import io.deltasync.testing.TestDatabase;

class MariaDbLocatorIT extends LocatorContract {

	MariaDbLocatorIT() {
		super(TestDatabase.MARIADB);
	}

}
