package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MariaDbLocatorIT extends LocatorContract {

	MariaDbLocatorIT() {
		super(TestDatabase.MARIADB);
	}

}
