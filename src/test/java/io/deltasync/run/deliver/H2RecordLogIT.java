package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class H2RecordLogIT extends RecordLogContract {

	H2RecordLogIT() {
		super(TestDatabase.H2);
	}

}
