package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class H2TestingIT extends TestingContract {

	H2TestingIT() {
		super(TestDatabase.H2);
	}

}
