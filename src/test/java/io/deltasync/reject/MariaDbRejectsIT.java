package io.deltasync.reject;

import io.deltasync.testing.TestDatabase;

class MariaDbRejectsIT extends RejectsContract {

	MariaDbRejectsIT() {
		super(TestDatabase.MARIADB);
	}

}
