package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

public class MySqlRunIT extends RunContract {

	public MySqlRunIT() {
		super(TestDatabase.MYSQL);
	}

}
