package io.deltasync.event;

import io.deltasync.testing.TestDatabase;

class MySqlStoredRunsIT extends StoredRunsContract {

	MySqlStoredRunsIT() {
		super(TestDatabase.MYSQL);
	}

}
