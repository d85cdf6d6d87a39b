package io.deltasync.schema;

import io.deltasync.testing.TestDatabase;

class MySqlHostIT extends HostContract {

	MySqlHostIT() {
		super(TestDatabase.MYSQL);
	}

}
