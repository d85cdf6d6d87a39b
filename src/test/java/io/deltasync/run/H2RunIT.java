package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class H2RunIT extends RunContract {

	H2RunIT() {
		super(TestDatabase.H2);
	}

}
