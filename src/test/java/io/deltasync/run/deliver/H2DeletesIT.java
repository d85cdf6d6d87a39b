package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class H2DeletesIT extends DeletesContract {

	H2DeletesIT() {
		super(TestDatabase.H2);
	}

}
