package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MariaDbUnchangedIT extends UnchangedContract {

	MariaDbUnchangedIT() {
		super(TestDatabase.MARIADB);
	}

}
