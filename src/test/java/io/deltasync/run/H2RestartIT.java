package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class H2RestartIT extends RestartContract {

	H2RestartIT() {
		super(TestDatabase.H2);
	}

}
