package io.deltasync.lease;

import io.deltasync.testing.TestDatabase;

class MySqlSlotsIT extends SlotsContract {

	MySqlSlotsIT() {
		super(TestDatabase.MYSQL);
	}

}
