package io.deltasync;

import io.deltasync.testing.TestDatabase;

class H2LinkIT extends JdbcLinkContract {

	H2LinkIT() {
		super(TestDatabase.H2);
	}

}
