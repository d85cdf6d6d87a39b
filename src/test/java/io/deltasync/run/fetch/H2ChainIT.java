package io.deltasync.run.fetch;

import io.deltasync.testing.TestDatabase;

class H2ChainIT extends ChainContract {

	H2ChainIT() {
		super(TestDatabase.H2);
	}

}
