package io.deltasync.event;

import io.deltasync.testing.TestDatabase;

class MySqlSlotsIT extends SlotsContract {

	MySqlSlotsIT() {
		super(TestDatabase.MYSQL);
	}

}
