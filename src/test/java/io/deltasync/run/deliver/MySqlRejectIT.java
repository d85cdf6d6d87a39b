package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class MySqlRejectIT extends RejectContract {

	MySqlRejectIT() {
		super(TestDatabase.MYSQL);
	}

}
