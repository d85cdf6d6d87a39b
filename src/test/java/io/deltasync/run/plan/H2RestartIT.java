package io.deltasync.run.plan;

import io.deltasync.testing.TestDatabase;

public class H2RestartIT extends RestartContract {

	public H2RestartIT() {
		super(TestDatabase.H2);
	}

}
