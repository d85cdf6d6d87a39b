package io.deltasync.jdbc;

import io.deltasync.testing.TestDatabase;

/** What a delta run reads. */
abstract class JdbcDeltaContract extends JdbcAdapterFixture {

	JdbcDeltaContract(TestDatabase database, Dialect dialect) {
		super(database, dialect);
	}

}
