package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MariaDbChainIT extends ChainContract {

	MariaDbChainIT() {
		super(TestDatabase.MARIADB);
	}

}
