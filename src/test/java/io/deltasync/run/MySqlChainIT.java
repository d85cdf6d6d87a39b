package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlChainIT extends ChainContract {

	MySqlChainIT() {
		super(TestDatabase.MYSQL);
	}

}
