package io.deltasync.lease;

import io.deltasync.testing.TestDatabase;

class H2LaneLeasesIT extends LaneLeasesContract {

	H2LaneLeasesIT() {
		super(TestDatabase.H2);
	}

}
