package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class H2FilterIT extends FilterContract {

	H2FilterIT() {
		super(TestDatabase.H2);
	}

}
