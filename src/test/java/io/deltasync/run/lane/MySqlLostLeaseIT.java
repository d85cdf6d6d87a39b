package io.deltasync.run.lane;

import io.deltasync.testing.TestDatabase;

class MySqlLostLeaseIT extends LostLeaseContract {

	MySqlLostLeaseIT() {
		super(TestDatabase.MYSQL);
	}

}
