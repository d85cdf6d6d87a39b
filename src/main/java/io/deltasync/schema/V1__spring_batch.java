package io.deltasync.schema;

import java.sql.SQLException;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.batch.infrastructure.support.DatabaseType;

/**
 * Creates Spring Batch's tables unless the application already has them. Flyway reads
 * version and description from the class name.
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
