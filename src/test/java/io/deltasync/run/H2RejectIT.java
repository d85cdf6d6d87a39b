package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class H2RejectIT extends RejectContract {

	H2RejectIT() {
		super(TestDatabase.H2);
	}

}
