package io.deltasync.scope;

import io.deltasync.testing.TestDatabase;

class H2ScopePagesIT extends ScopePagesContract {

	H2ScopePagesIT() {
		super(TestDatabase.H2);
	}

}
