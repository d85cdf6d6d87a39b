package io.deltasync.fault;

import java.nio.file.Path;
import java.util.List;

import io.deltasync.testing.TestDatabase;

class MySqlKillIT extends KillContract {

	@Override
	List<String> database(Path directory) {
		return List.of("--spring.datasource.url=" + TestDatabase.MYSQL.url(TestDatabase.MYSQL.createSchema()));
	}

}
