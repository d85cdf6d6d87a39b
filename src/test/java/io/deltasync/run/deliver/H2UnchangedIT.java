package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class H2UnchangedIT extends UnchangedContract {

	H2UnchangedIT() {
		super(TestDatabase.H2);
	}

}
