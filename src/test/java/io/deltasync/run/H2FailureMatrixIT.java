package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class H2FailureMatrixIT extends FailureMatrixContract {

	H2FailureMatrixIT() {
		super(TestDatabase.H2);
	}

}
