package io.deltasync.schema;

import io.deltasync.testing.TestDatabase;

class MariaDbSchemaIT extends SchemaContract {

	MariaDbSchemaIT() {
		super(TestDatabase.MARIADB);
	}

	@Override
	String idsBegin(String table, long next) {
		return "ALTER SEQUENCE %s_SEQ RESTART WITH %d".formatted(table, next);
	}

}
