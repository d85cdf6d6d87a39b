package io.deltasync.event;

import io.deltasync.testing.TestDatabase;

class MariaDbStoredRunsIT extends StoredRunsContract {

	MariaDbStoredRunsIT() {
		super(TestDatabase.MARIADB);
	}

}
