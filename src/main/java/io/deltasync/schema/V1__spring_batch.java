package io.deltasync.schema;

import java.sql.SQLException;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.batch.infrastructure.support.DatabaseType;

/**
 * Creates Spring Batch's tables where the application does not have them already. Flyway
 * reads version and description from the name.
 */
class V1__spring_batch extends BaseJavaMigration {

	private final BatchTables tables;

	V1__spring_batch(DatabaseType type) {
		this.tables = new BatchTables(type);
	}

	@Override
	public void migrate(Context context) throws SQLException {
		this.tables.create(context.getConnection());
	}

}
