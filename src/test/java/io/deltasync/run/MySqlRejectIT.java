package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlRejectIT extends RejectContract {

	MySqlRejectIT() {
		super(TestDatabase.MYSQL);
	}

}
