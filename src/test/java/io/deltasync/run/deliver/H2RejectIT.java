package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

public class H2RejectIT extends RejectContract {

	public H2RejectIT() {
		super(TestDatabase.H2);
	}

}
