package io.deltasync.lease;

import io.deltasync.testing.TestDatabase;

class H2SlotsIT extends SlotsContract {

	H2SlotsIT() {
		super(TestDatabase.H2);
	}

}
