package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlRetryIT extends RetryContract {

	MySqlRetryIT() {
		super(TestDatabase.MYSQL);
	}

}
