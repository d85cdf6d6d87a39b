package io.deltasync.run.start;

import io.deltasync.testing.TestDatabase;

class H2ReplayIT extends ReplayContract {

	H2ReplayIT() {
		super(TestDatabase.H2);
	}

}
