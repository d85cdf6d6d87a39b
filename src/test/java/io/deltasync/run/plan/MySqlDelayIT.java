package io.deltasync.run.plan;

import io.deltasync.testing.TestDatabase;

class MySqlDelayIT extends DelayContract {

	MySqlDelayIT() {
		super(TestDatabase.MYSQL);
	}

}
