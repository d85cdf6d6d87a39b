package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class H2ReplayIT extends ReplayContract {

	H2ReplayIT() {
		super(TestDatabase.H2);
	}

}
