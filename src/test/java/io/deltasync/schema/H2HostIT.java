package io.deltasync.schema;

import io.deltasync.testing.TestDatabase;

class H2HostIT extends HostContract {

	H2HostIT() {
		super(TestDatabase.H2);
	}

}
