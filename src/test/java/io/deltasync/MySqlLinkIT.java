package io.deltasync;

import io.deltasync.testing.TestDatabase;

class MySqlLinkIT extends JdbcLinkContract {

	MySqlLinkIT() {
		super(TestDatabase.MYSQL);
	}

}
