package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlLostLeaseIT extends LostLeaseContract {

	MySqlLostLeaseIT() {
		super(TestDatabase.MYSQL);
	}

}
