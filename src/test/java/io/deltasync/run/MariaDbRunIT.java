package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MariaDbRunIT extends RunContract {

	MariaDbRunIT() {
		super(TestDatabase.MARIADB);
	}

}
