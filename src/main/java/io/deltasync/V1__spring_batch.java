package io.deltasync;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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

	private static final String TO_CONVERT = """
			SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = DATABASE()
			AND TABLE_COLLATION NOT LIKE 'utf8mb4%' AND TABLE_NAME IN ('BATCH_JOB_INSTANCE', 'BATCH_JOB_EXECUTION',
			  'BATCH_JOB_EXECUTION_PARAMS', 'BATCH_JOB_EXECUTION_CONTEXT', 'BATCH_STEP_EXECUTION',
			  'BATCH_STEP_EXECUTION_CONTEXT')""";

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
			try (Statement statement = connection.createStatement()) {
				// whatever the database's own: messages and cursors hold any character
				for (String table : toConvert(statement)) {
					statement.execute("ALTER TABLE %s CONVERT TO CHARACTER SET utf8mb4".formatted(table));
				}
				// Links that differ in case or accents only are different Links
				statement.execute("ALTER TABLE BATCH_JOB_INSTANCE MODIFY JOB_NAME VARCHAR(100) "
						+ "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL");
			}
		}
	}

	private static List<String> toConvert(Statement statement) throws SQLException {
		try (ResultSet rows = statement.executeQuery(TO_CONVERT)) {
			List<String> tables = new ArrayList<>();
			while (rows.next()) {
				tables.add(rows.getString(1));
			}
			return tables;
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
