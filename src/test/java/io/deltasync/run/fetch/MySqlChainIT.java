package io.deltasync.run.fetch;

import io.deltasync.testing.TestDatabase;

class MySqlChainIT extends ChainContract {

	MySqlChainIT() {
		super(TestDatabase.MYSQL);
	}

}
