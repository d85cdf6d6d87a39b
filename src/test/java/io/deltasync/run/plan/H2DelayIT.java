package io.deltasync.run.plan;

import io.deltasync.testing.TestDatabase;

class H2DelayIT extends DelayContract {

	H2DelayIT() {
		super(TestDatabase.H2);
	}

}
