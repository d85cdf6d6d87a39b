package io.deltasync;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.batch.infrastructure.support.DatabaseType;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * Makes Spring Batch's tables by the script in its own jar, unless the application has
 * them already.
 */
@SuppressWarnings("checkstyle:TypeName")
class V1__spring_batch extends BaseJavaMigration {

	private final DatabaseType type;

	V1__spring_batch(DatabaseType type) {
		this.type = type;
	}

	@Override
	public void migrate(Context context) throws SQLException {
		Connection connection = context.getConnection();
		// a process that died in the middle, or the application, may have made some
		// already
		ResourceDatabasePopulator script = new ResourceDatabasePopulator(new ClassPathResource(
				"org/springframework/batch/core/schema-%s.sql".formatted(this.type.name().toLowerCase(Locale.ROOT))));
		script.setContinueOnError(true);
		script.populate(connection);
		if (!hasTables(connection)) {
			throw new SQLException(
					"Spring Batch's tables cannot be made; the account needs the right to create tables");
		}
		if (this.type != DatabaseType.H2) {
			// Links that differ in case or accents only are different Links
			try (Statement statement = connection.createStatement()) {
				statement.execute("ALTER TABLE BATCH_JOB_INSTANCE MODIFY JOB_NAME VARCHAR(100) "
						+ "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL");
			}
		}
	}

	private static boolean hasTables(Connection connection) throws SQLException {
		var tables = connection.getMetaData()
			.getTables(connection.getCatalog(), connection.getSchema(), "BATCH_JOB_EXECUTION_CONTEXT", null);
		try {
			return tables.next();
		}
		finally {
			JdbcUtils.closeResultSet(tables);
		}
	}

}
