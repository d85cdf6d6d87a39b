package io.deltasync.schema;

import io.deltasync.testing.TestDatabase;

class MySqlSchemaIT extends SchemaContract {

	MySqlSchemaIT() {
		super(TestDatabase.MYSQL);
	}

	@Override
	String idsBegin(String table, long next) {
		return "UPDATE %s_SEQ SET ID = %d".formatted(table, next);
	}

}
