package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlWindowStoryIT extends WindowStoryContract {

	MySqlWindowStoryIT() {
		super(TestDatabase.MYSQL);
	}

}
