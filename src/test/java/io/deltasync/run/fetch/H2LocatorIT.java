package io.deltasync.run.fetch;

import io.deltasync.testing.TestDatabase;

class H2LocatorIT extends LocatorContract {

	H2LocatorIT() {
		super(TestDatabase.H2);
	}

}
