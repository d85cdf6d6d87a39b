package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class H2RetryIT extends RetryContract {

	H2RetryIT() {
		super(TestDatabase.H2);
	}

}
