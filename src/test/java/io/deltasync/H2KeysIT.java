package io.deltasync;

import io.deltasync.testing.TestDatabase;

class H2KeysIT extends JdbcKeysContract {

	H2KeysIT() {
		super(TestDatabase.H2);
	}

}
