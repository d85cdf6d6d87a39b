package io.deltasync.event;

import io.deltasync.testing.TestDatabase;

class H2StoredRunsIT extends StoredRunsContract {

	H2StoredRunsIT() {
		super(TestDatabase.H2);
	}

}
