package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class MariaDbUnchangedIT extends UnchangedContract {

	MariaDbUnchangedIT() {
		super(TestDatabase.MARIADB);
	}

}
