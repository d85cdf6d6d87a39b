package io.deltasync.schema;

import io.deltasync.testing.TestDatabase;

class H2SchemaIT extends SchemaContract {

	H2SchemaIT() {
		super(TestDatabase.H2);
	}

	@Override
	String idsBegin(String table, long next) {
		return "ALTER SEQUENCE %s_SEQ RESTART WITH %d".formatted(table, next);
	}

}
