package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlDelayIT extends DelayContract {

	MySqlDelayIT() {
		super(TestDatabase.MYSQL);
	}

}
