package io.deltasync;

import io.deltasync.testing.TestDatabase;

class MariaDbLinkIT extends JdbcLinkContract {

	MariaDbLinkIT() {
		super(TestDatabase.MARIADB);
	}

}
