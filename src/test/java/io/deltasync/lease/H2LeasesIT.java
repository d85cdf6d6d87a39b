package io.deltasync.lease;

import io.deltasync.testing.TestDatabase;

class H2LeasesIT extends LeasesContract {

	H2LeasesIT() {
		super(TestDatabase.H2);
	}

}
