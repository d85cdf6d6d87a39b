package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class H2WindowIT extends WindowContract {

	H2WindowIT() {
		super(TestDatabase.H2);
	}

}
