package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class MySqlRetryIT extends RetryContract {

	MySqlRetryIT() {
		super(TestDatabase.MYSQL);
	}

}
