package io.deltasync.run.fetch;

import io.deltasync.testing.TestDatabase;

class MariaDbChainIT extends ChainContract {

	MariaDbChainIT() {
		super(TestDatabase.MARIADB);
	}

}
