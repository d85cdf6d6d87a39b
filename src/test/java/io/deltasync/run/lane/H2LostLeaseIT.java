package io.deltasync.run.lane;

import io.deltasync.testing.TestDatabase;

class H2LostLeaseIT extends LostLeaseContract {

	H2LostLeaseIT() {
		super(TestDatabase.H2);
	}

}
